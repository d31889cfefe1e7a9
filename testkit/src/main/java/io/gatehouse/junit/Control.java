package io.gatehouse.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The control API of the stand-in, which tests call without the browser. */
final class Control {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI issuer;

  Control(URI issuer) {
    this.issuer = issuer;
  }

  Map<String, String> properties() {
    return pairs("properties");
  }

  Counts counts() {
    return Counts.of(pairs("counts"));
  }

  /** Returns the refusals since the stand-in started, in the order of their requests. */
  List<String> refusals() {
    return get("refusals").lines().toList();
  }

  void register(URI application, String path) {
    var form = "url=" + encoded(application.toString()) + "&path=" + encoded(path);
    send(
        HttpRequest.newBuilder(address("applications"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Map<String, String> pairs(String what) {
    var pairs = new LinkedHashMap<String, String>();
    for (var line : get(what).lines().toList()) {
      var equals = line.indexOf('=');
      pairs.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return Collections.unmodifiableMap(pairs);
  }

  private String get(String what) {
    return send(HttpRequest.newBuilder(address(what)));
  }

  private URI address(String what) {
    return issuer.resolve("/standin/" + what);
  }

  private String send(HttpRequest.Builder request) {
    try {
      var answer = client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 400) {
        throw new IllegalArgumentException(answer.body());
      }
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException("the Verifier stand-in does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the Verifier stand-in was asked", e);
    }
  }
}
