package io.gatehouse.it.floods;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import java.net.URI;

/**
 * The application under load, as seen by browsers and the authorization server.
 *
 * @param port of the container with the application
 */
record Site(int port, ApprovingServer server) {
  static final String CONTEXT = "bare";

  private static final String PATH = "/" + CONTEXT;

  /**
   * A login that has begun: the address of the browser's redirect, and the cookies for its return.
   */
  record Begun(URI authorizationRequest, String cookies) {}

  static String publicUrl(int port) {
    return "http://localhost:" + port + PATH;
  }

  /**
   * Returns a person's request for a page.
   *
   * @param path in the application, with its query if any
   * @param cookies the browser's cookies, or an empty text
   */
  String get(String path, String cookies) {
    return "GET %s%s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n%s\r\n"
        .formatted(PATH, path, port, cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n");
  }

  /**
   * Returns the request of a form that is sent from a page of the application, or by the
   * authorization server.
   */
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

  /** Requests a page without a session. */
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

  /** Returns the request of a logged-in user for a page. */
  String page(String session) {
    return get("/who", session);
  }
}
