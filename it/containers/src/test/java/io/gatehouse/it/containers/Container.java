package io.gatehouse.it.containers;

import io.gatehouse.it.servers.container.ContainerServer;
import java.net.http.HttpResponse;

/** In what the container of the moment differs from others; docs/containers/README.md says it. */
final class Container {
  private static final String NAME = ContainerServer.name();

  private Container() {}

  /** Whether the tests of a server that lies run here; what it answers is read alike on each. */
  static boolean hasLiars() {
    return NAME.equals("tomcat-10.1");
  }

  /** Jetty has the API, as its annotations need it. */
  static boolean hasCdi() {
    return hasJakartaRest() || NAME.equals("jetty");
  }

  /** Liberty has what its features are, and the tests turn on those that Gatehouse needs. */
  static boolean hasJakartaRest() {
    return NAME.startsWith("payara") || NAME.equals("wildfly");
  }

  /** Jetty and Liberty refuse TRACE before any filter. */
  static int statusOfTrace() {
    return NAME.equals("jetty") || NAME.equals("liberty") ? 403 : 405;
  }

  /** Liberty's session cookie is for all applications of the server, unless it is told. */
  static String sessionCookiePath() {
    return NAME.equals("liberty") ? "/" : "/" + Application.BARE.context();
  }

  /** Whether SameSite as the servlet API sets it reaches the session cookie. */
  static boolean writesSameSiteOfSessions() {
    return !NAME.startsWith("payara");
  }

  /** Whether a request is from where its {@code X-Forwarded-*} say, whoever sends them. */
  static boolean believesForwardedHeaders() {
    return NAME.equals("liberty");
  }

  /** Its listener for CDI, before any filter, cannot read more than 200 cookies. */
  static boolean failsAtManyCookies() {
    return NAME.equals("wildfly");
  }

  /** What it does before any filter, for CDI and Elytron, may meet a session that is ending. */
  static boolean mayFailWhileASessionEnds() {
    return NAME.equals("wildfly");
  }

  /** Whether it has left the application's page for an error out, as happens under load. */
  static boolean mayLoseAnErrorPage(HttpResponse<String> answer) {
    return NAME.startsWith("payara") && answer.statusCode() == 409 && answer.body().isEmpty();
  }

  /** Whether it refuses, before any filter, a path with a broken {@code %}: with an empty 200. */
  static boolean answersWithNothing(String answer) {
    return NAME.startsWith("payara")
        && answer.contains("\r\nContent-Length: 0\r\n")
        && !answer.contains("Set-Cookie");
  }

  /** Whether it takes some dots for a way out of the application: to its own welcome page. */
  static boolean answersOutsideApplications(String body) {
    return NAME.equals("payara-server") && body.contains("<title>Payara Server - Server Running");
  }

  /**
   * Whether it read a path that no filter can be mapped to, so that our listener ended the request:
   * by an exception, which it answers with 500.
   */
  static boolean isEndedBeforeFilters(String answer) {
    return NAME.equals("liberty") && answer.contains("Gatehouse refused a request");
  }

  /** Whether it loses its own way in this path, with 500, before any filter. */
  static boolean failsBeforeFilters(String path) {
    return NAME.equals("liberty") && path.contains("..\\..");
  }
}
