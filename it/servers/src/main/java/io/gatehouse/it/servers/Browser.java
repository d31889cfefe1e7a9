package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with the features that a login needs: cookies by host, redirects, one form. The browser
 * sends the headers that a real one sends when a person opens a page.
 */
public final class Browser {
  private static final int MAX_REDIRECTS = 10;
  private static final Pattern LOGIN_FIELD = Pattern.compile("name=\"login\" value=\"([^\"]+)\"");
  private static final Pattern FORM_ACTION =
      Pattern.compile("<form id=\"wallet\" method=\"post\" action=\"([^\"]+)\"");

  // RFC 6265 5.2: either attribute removes a cookie; Undertow writes only the second.
  private static final Pattern OVER =
      Pattern.compile(
          ";\\s*(max-age=0(;|$)|expires=thu, 01[ -]jan[ -]1970)", Pattern.CASE_INSENSITIVE);

  // One client for all browsers: it keeps no cookies, and each new one would cost two threads.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final Map<String, Map<String, String>> cookies = new ConcurrentHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  public Browser() {
    headers.put("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    headers.put("Sec-Fetch-Mode", "navigate");
    headers.put("Sec-Fetch-Dest", "document");
  }

  /** Sends this header from now on. */
  public Browser with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public Browser without(String header) {
    headers.remove(header);
    return this;
  }

  /** Sends a GET request, without following a redirect. */
  public HttpResponse<String> get(URI address) {
    return send("GET", address, "");
  }

  /**
   * Sends the same GET the given number of times at the same moment with the same cookies, and
   * returns the answers.
   */
  public List<HttpResponse<String>> getAtOnce(int times, URI address) {
    var together = new CyclicBarrier(times);
    Callable<HttpResponse<String>> request =
        () -> {
          together.await();
          return get(address);
        };
    var threads = Executors.newFixedThreadPool(times);
    try {
      var answers = threads.invokeAll(Collections.nCopies(times, request));
      return answers.stream().map(Browser::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Sends a request with any method, with a form as body if the form is not empty; follows no
   * redirect.
   */
  public HttpResponse<String> send(String method, URI address, String form) {
    var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60));
    headers.forEach(request::header);
    var jar = cookies(address);
    if (!jar.isEmpty()) {
      request.header("Cookie", cookieHeader(address));
    }
    if (form.isEmpty()) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .method(method, BodyPublishers.ofString(form));
    }
    try {
      var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").forEach(it -> keep(jar, it));
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void keep(Map<String, String> jar, String setCookie) {
    var parts = setCookie.split(";", -1);
    var name = parts[0].substring(0, parts[0].indexOf('=')).strip();
    var value = parts[0].substring(parts[0].indexOf('=') + 1).strip();
    if (OVER.matcher(setCookie).find()) {
      jar.remove(name);
    } else {
      jar.put(name, value);
    }
  }

  /** Returns the cookies for a host, by name; changes to the map change the browser's cookies. */
  public Map<String, String> cookies(URI address) {
    return cookies.computeIfAbsent(address.getHost(), it -> new ConcurrentHashMap<>());
  }

  /** Returns the header with the cookies for a host. */
  public String cookieHeader(URI address) {
    return cookies(address).entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Returns the names of the login cookies for a host. */
  public List<String> loginCookies(URI address) {
    return cookies(address).keySet().stream()
        .filter(it -> it.startsWith("gatehouse-") && !it.endsWith("-tries"))
        .toList();
  }

  /** Opens a page, and follows its redirects. */
  public HttpResponse<String> open(URI address) {
    return follow(get(address));
  }

  public HttpResponse<String> follow(HttpResponse<String> answer) {
    var last = answer;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      if (last.statusCode() / 100 != 3) {
        return last;
      }
      last = get(location(last));
    }
    throw new IllegalStateException("more than " + MAX_REDIRECTS + " redirects");
  }

  public static URI location(HttpResponse<?> answer) {
    return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  /**
   * Chooses a person on the stand-in's page.
   *
   * @return the redirect back to the application, or the stand-in's own page
   */
  public HttpResponse<String> choose(HttpResponse<String> walletPage, String person) {
    var login = LOGIN_FIELD.matcher(walletPage.body());
    var action = FORM_ACTION.matcher(walletPage.body());
    if (!login.find() || !action.find()) {
      throw new IllegalStateException(
          "no wallet page, but " + walletPage.statusCode() + ": " + walletPage.body());
    }
    var form =
        "login=" + URLEncoder.encode(login.group(1), StandardCharsets.UTF_8) + "&person=" + person;
    return send("POST", URI.create(action.group(1)), form);
  }

  /** Performs the whole login at a page, as a person. */
  public HttpResponse<String> logIn(URI page, String person) {
    return follow(choose(open(page), person));
  }
}
