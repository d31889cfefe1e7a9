package io.gatehouse.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** A person's login as a browser performs it: redirects, and one button. */
final class LogIn {
  private static final int MAX_REDIRECTS = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern FORM =
      Pattern.compile("<form id=\"wallet\" [^>]*action=\"([^\"]+)\"");
  private static final Pattern LOGIN = Pattern.compile("name=\"login\" value=\"([^\"]+)\"");
  private static final Pattern BUTTON =
      Pattern.compile("name=\"person\" id=\"[^\"]+\" value=\"([^\"]+)\"");
  private static final Pattern ERROR = Pattern.compile("id=\"error-message\"[^>]*>([^<]*)<");

  private final HttpClient client;

  LogIn(HttpClient client) {
    if (client.cookieHandler().isEmpty()) {
      throw new IllegalArgumentException(
          "a login needs cookies: HttpClient.newBuilder().cookieHandler(new CookieManager())");
    }
    this.client = client;
  }

  HttpResponse<String> at(URI page, String person) {
    var wallet = follow(send(HttpRequest.newBuilder(page)));
    var form = FORM.matcher(wallet.body());
    var login = LOGIN.matcher(wallet.body());
    if (!form.find() || !login.find()) {
      throw new IllegalStateException(noWalletPage(page, wallet));
    }
    var people = BUTTON.matcher(wallet.body()).results().map(it -> it.group(1)).toList();
    if (!people.contains(person)) {
      throw new IllegalArgumentException(
          "nobody has the name " + person + "; there are " + String.join(", ", people));
    }
    return follow(
        send(
            HttpRequest.newBuilder(URI.create(form.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("login=" + login.group(1) + "&person=" + person))));
  }

  private static String noWalletPage(URI page, HttpResponse<String> answer) {
    var error = ERROR.matcher(answer.body());
    if (error.find()) {
      return "the Verifier refused the login that " + page + " began: " + error.group(1);
    }
    return "%s led to no login, but to status %d at %s"
        .formatted(page, answer.statusCode(), withoutQuery(answer.uri()));
  }

  // A query may contain a code or a state.
  private static String withoutQuery(URI address) {
    return address.toString().replaceFirst("\\?.*", "");
  }

  private HttpResponse<String> follow(HttpResponse<String> answer) {
    var last = answer;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      var location = last.headers().firstValue("Location");
      if (last.statusCode() / 100 != 3 || location.isEmpty()) {
        return last;
      }
      last = send(HttpRequest.newBuilder(last.uri().resolve(location.get())));
    }
    throw new IllegalStateException(
        "more than " + MAX_REDIRECTS + " redirects, the last to " + withoutQuery(last.uri()));
  }

  // The headers that browsers send when a person opens a page: without them, Gatehouse sends no
  // redirect.
  private HttpResponse<String> send(HttpRequest.Builder request) {
    request
        .timeout(TIMEOUT)
        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .header("Sec-Fetch-Mode", "navigate")
        .header("Sec-Fetch-Dest", "document");
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a login", e);
    }
  }
}
