package io.gatehouse.cli.doors;

import io.gatehouse.cli.http.ApplicationUrl;
import io.gatehouse.cli.http.Http1Exchange;
import io.gatehouse.cli.http.Http2Exchange;
import io.gatehouse.cli.http.UnreachableException;
import io.gatehouse.cli.http.Web;
import io.gatehouse.cli.http.WebAnswer;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A visitor without a session, who changes nothing and follows no redirect. The application
 * receives a bounded number of requests, one after another.
 */
final class Stranger {
  static final int MAX_REQUESTS = 80;

  private static final String PROGRAM = "Accept: application/json";
  private static final String CLOSE = "Connection: close";

  private final ApplicationUrl application;
  private final Duration deadline;
  private final SecureRandom random;
  private int requests;

  Stranger(ApplicationUrl application, Duration deadline, SecureRandom random) {
    this.application = application;
    this.deadline = deadline;
    this.random = random;
  }

  ApplicationUrl application() {
    return application;
  }

  /** Returns a path that cannot exist. */
  String absentPath() {
    return "/gatehouse-check-" + Long.toString(random.nextLong() >>> 1, 36);
  }

  /** Opens a page as a person does. */
  WebAnswer open(String path) throws UnreachableException {
    return send(
        "GET",
        application.target(path),
        List.of("Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"));
  }

  /** Fetches as a program does, for which no login is begun. */
  WebAnswer fetch(String target) throws UnreachableException {
    return send("GET", target, List.of(PROGRAM));
  }

  /**
   * Sends a request with another method and without a body.
   *
   * @param marker the value of a header, which identifies an echo
   */
  WebAnswer send(String method, String path, String marker) throws UnreachableException {
    var headers = new ArrayList<>(List.of(PROGRAM, "X-Gatehouse-Check: " + marker));
    if (method.equals("POST")) {
      headers.add("Content-Length: 0");
    }
    return send(method, application.target(path), headers);
  }

  /** Asks for a WebSocket (RFC 6455 section 4.1), which is closed if it opens. */
  WebAnswer openWebSocket(String path) throws UnreachableException {
    var key = new byte[16];
    random.nextBytes(key);
    return exchange(
        "GET",
        application.target(path),
        List.of(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key),
            "Origin: " + application.origin()));
  }

  /** Sends GET over HTTP/2 with prior knowledge or ALPN. */
  Http2Exchange.Result fetchByHttp2(String target) throws UnreachableException {
    count();
    return new Http2Exchange(application, deadline).get(target);
  }

  /** Asks for a WebSocket over HTTP/2 (RFC 8441). */
  Http2Exchange.Result openWebSocketByHttp2(String path) throws UnreachableException {
    count();
    return new Http2Exchange(application, deadline).connect(application.target(path));
  }

  /**
   * Fetches by a library that offers HTTP/2, with an upgrade from HTTP/1.1 where there is no TLS.
   */
  WebAnswer fetchOfferingHttp2(String path) throws UnreachableException {
    count();
    var uri = URI.create(application + path);
    try (var web = Web.offeringHttp2(deadline, SSLContext.getDefault())) {
      return web.send(HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
    } catch (NoSuchAlgorithmException e) {
      throw new UnreachableException(uri, "the platform has no default TLS context");
    }
  }

  /** Returns an answer of which only the status is known; 0 for a closed connection. */
  WebAnswer answer(int status) {
    var now = Instant.now();
    var none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return new WebAnswer(application.origin(), status, none, new byte[0], now, now);
  }

  private WebAnswer send(String method, String target, List<String> headers)
      throws UnreachableException {
    var all = new ArrayList<>(headers);
    all.add(CLOSE);
    return exchange(method, target, all);
  }

  private WebAnswer exchange(String method, String target, List<String> headers)
      throws UnreachableException {
    count();
    try {
      return new Http1Exchange(application, deadline).send(method, target, headers);
    } catch (UnreachableException e) {
      if (e.isClosed()) {
        return answer(0);
      }
      throw e;
    }
  }

  private void count() throws UnreachableException {
    if (requests == MAX_REQUESTS) {
      throw new UnreachableException(
          application.origin(), MAX_REQUESTS + " requests have been made, the most of one check");
    }
    requests++;
  }
}
