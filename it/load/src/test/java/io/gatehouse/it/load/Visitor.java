package io.gatehouse.it.load;

import io.gatehouse.it.servers.Answer;
import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
import jakarta.json.Json;
import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser with one user: follows redirects, and keeps cookies for their paths. */
final class Visitor {
  private static final int MAX_REDIRECTS = 10;

  private record Cookie(String value, String path) {}

  private final LoadedServer server;
  private final Connection connection;
  private final Map<String, Cookie> cookies = new LinkedHashMap<>();
  private long waited;

  Visitor(LoadedServer server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  /** Requests the page and logs in on the way to it. */
  void logIn(String subject) {
    logIn(subject, Duration.ZERO);
  }

  /**
   * Requests the page and logs in on the way to it.
   *
   * @param thought the time that the person spends at the authorization server
   */
  void logIn(String subject, Duration thought) {
    var target = URI.create(Application.PATH + "/page");
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      var answer = ask(target);
      if (answer.status() == 200) {
        return;
      }
      if (answer.header("Location").isEmpty()) {
        throw new IllegalStateException(
            server.variant() + ": no login at " + target + ", but " + answer);
      }
      target = target.resolve(answer.header("Location"));
      if (target.toString().startsWith(server.approving().issuer())) {
        var complete = withRequestObject(target);
        ServerProcess.pauseUntil(Instant.now().plus(thought));
        target = server.approving().approve(complete, subject);
      }
    }
    throw new IllegalStateException(server.variant() + ": redirected again and again to " + target);
  }

  /** Returns the time that the visitor has waited for the application. */
  Duration waited() {
    return Duration.ofNanos(waited);
  }

  /** Returns the user's next request for the page. */
  String page() {
    return server.get(Application.PATH + "/page", cookiesFor(Application.PATH + "/page"));
  }

  // An authorization server that receives a request_uri (RFC 9101 section 5.2) fetches the rest
  // there.
  private URI withRequestObject(URI authorizationRequest) {
    var address =
        Arrays.stream(authorizationRequest.getRawQuery().split("&", -1))
            .filter(it -> it.startsWith("request_uri="))
            .map(it -> URLDecoder.decode(it.split("=", 2)[1], StandardCharsets.UTF_8))
            .findFirst();
    if (address.isEmpty()) {
      return authorizationRequest;
    }
    var object = send(server.get(URI.create(address.get()).getRawPath(), "")).body();
    var claims =
        new String(
            Base64.getUrlDecoder().decode(object.split("[.]", -1)[1]), StandardCharsets.UTF_8);
    try (var json = Json.createReader(new StringReader(claims))) {
      var redirectUri = json.readObject().getString("redirect_uri");
      return URI.create(
          authorizationRequest
              + "&redirect_uri="
              + URLEncoder.encode(redirectUri, StandardCharsets.UTF_8));
    }
  }

  /** Requests a page, with its cookies. */
  Answer ask(URI target) {
    var query = target.getRawQuery();
    var path = target.getRawPath();
    var answer = send(server.get(path + (query == null ? "" : "?" + query), cookiesFor(path)));
    answer.setCookies().forEach(this::keep);
    return answer;
  }

  /**
   * Sends a form.
   *
   * @param site the value of {@code Sec-Fetch-Site}, by which a browser reports the site of the
   *     form's page
   */
  Answer post(String path, String site, String form) {
    var head =
        """
        POST %s HTTP/1.1
        Host: localhost:%d
        Sec-Fetch-Site: %s
        Cookie: %s
        Content-Type: application/x-www-form-urlencoded
        Content-Length: %d

        """;
    return send(
        head.formatted(path, server.port(), site, cookiesFor(path), form.length())
                .replace("\n", "\r\n")
            + form);
  }

  private Answer send(String request) {
    var start = System.nanoTime();
    var answer = connection.send(request);
    waited += System.nanoTime() - start;
    return answer;
  }

  private void keep(String setCookie) {
    var parts = setCookie.split(";", -1);
    var pair = parts[0].split("=", 2);
    var path = "/";
    var gone = pair[1].isEmpty();
    for (int i = 1; i < parts.length; i++) {
      var attribute = parts[i].strip();
      if (attribute.toLowerCase(Locale.ROOT).startsWith("path=")) {
        path = attribute.substring("path=".length());
      }
      gone |= attribute.equalsIgnoreCase("Max-Age=0");
    }
    if (gone) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], new Cookie(pair[1], path));
    }
  }

  private String cookiesFor(String path) {
    return cookies.entrySet().stream()
        .filter(it -> path.startsWith(it.getValue().path()))
        .map(it -> it.getKey() + "=" + it.getValue().value())
        .collect(Collectors.joining("; "));
  }
}
