package io.gatehouse.it.floods;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import java.net.URI;

/**
 * The application under load, as browsers and the authorization server ask for it.
 *
 * @param port of the server that it is on
 */
record Site(int port, ApprovingServer server) {
  static final String CONTEXT = "bare";

  private static final String PATH = "/" + CONTEXT;

  /** A log-in that has begun: where the browser is sent, and what it has to bring back. */
  record Begun(URI authorizationRequest, String cookies) {}

  static String publicUrl(int port) {
    return "http://localhost:" + port + PATH;
  }

  /**
   * A person's request for a page.
   *
   * @param path in the application, with a query if there is one
   * @param cookies that the browser has, or an empty text
   */
  String get(String path, String cookies) {
    return "GET %s%s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n%s\r\n"
        .formatted(PATH, path, port, cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n");
  }

  /** A form that is sent from a page of the application, or by the authorization server. */
  String post(String path, String cookies, String form) {
    return """
        POST %s%s HTTP/1.1\r
        Host: localhost:%d\r
        Sec-Fetch-Site: same-origin\r
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: %d\r
        %s\r
        %s"""
        .formatted(
            PATH,
            path,
            port,
            form.length(),
            cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n",
            form);
  }

  /** Asks for a page without a session. */
  Begun begin(Connection connection) {
    var answer = connection.send(get("/who", ""));
    if (answer.status() != 302) {
      throw new IllegalStateException("no redirect to log in, but " + answer);
    }
    return new Begun(URI.create(answer.header("Location")), answer.cookies());
  }

  /**
   * Logs a user in.
   *
   * @return the session's cookie
   */
  String logIn(Connection connection, String subject) {
    var begun = begin(connection);
    var callback = server.approve(begun.authorizationRequest(), subject);
    var answer =
        connection.send(get("/gatehouse/callback?" + callback.getRawQuery(), begun.cookies()));
    if (answer.status() != 303 || answer.sessionCookie().isEmpty()) {
      throw new IllegalStateException("no session, but " + answer);
    }
    return answer.sessionCookie();
  }

  /** The page of a user who is logged in. */
  String page(String session) {
    return get("/who", session);
  }
}
