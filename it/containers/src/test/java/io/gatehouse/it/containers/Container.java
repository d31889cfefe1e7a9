package io.gatehouse.it.containers;

import io.gatehouse.it.servers.container.ContainerServer;
import java.net.http.HttpResponse;
import java.util.Locale;

/**
 * The differences between the current container and others; docs/containers/README.md documents
 * them.
 */
public final class Container {
  private static final String NAME = ContainerServer.name();

  private Container() {}

  /**
   * Returns whether the tests of a lying server run here; the filter reads that server's answers
   * alike on each container.
   */
  static boolean hasLiars() {
    return NAME.equals("tomcat-10.1");
  }

  /** Returns whether the container has CDI; Jetty has the API, since its annotations need it. */
  static boolean hasCdi() {
    return hasJakartaRest() || NAME.equals("jetty");
  }

  /** Returns whether the container has Jakarta REST. */
  static boolean hasJakartaRest() {
    return NAME.startsWith("payara") || NAME.equals("wildfly") || NAME.equals("liberty");
  }

  /**
   * Returns whether WebSockets that the application has not registered are closed with their
   * session (Jakarta WebSocket 2.1 section 7.2). Liberty closes only those over TLS.
   */
  public static boolean closesSockets() {
    return !NAME.equals("liberty");
  }

  /** Returns whether an open stream keeps its session from being idle. */
  public static boolean streamsAreUse() {
    return NAME.startsWith("payara") || NAME.equals("jetty");
  }

  /**
   * Returns whether an idle session with an open WebSocket lives on: Payara counts it as used, and
   * Jetty looks for idle sessions every 10 minutes.
   */
  public static boolean socketsAreUse() {
    return NAME.startsWith("payara") || NAME.equals("jetty");
  }

  /** Returns the status of a stranger's upload of many megabytes. */
  public static int statusOfLargeUpload() {
    return switch (NAME) {
      case "wildfly" -> 400;
      case "liberty" -> 413;
      default -> 401;
    };
  }

  /**
   * Returns whether the container may answer an expectation with 100 before any filter refuses;
   * Payara does so only sometimes.
   */
  public static boolean mayContinueStrangers() {
    return !NAME.equals("wildfly") && !NAME.equals("jetty");
  }

  /** Returns whether the container accepts request headers of more than 8 KiB. */
  static boolean takesLongHeaders() {
    return NAME.equals("wildfly") || NAME.equals("liberty");
  }

  /** Returns the status of TRACE, which Jetty and Liberty refuse before any filter. */
  static int statusOfTrace() {
    return NAME.equals("jetty") || NAME.equals("liberty") ? 403 : 405;
  }

  /**
   * Returns the path of the session cookie, which in Liberty is for all applications of the
   * container by default.
   */
  static String sessionCookiePath() {
    return NAME.equals("liberty") ? "/" : "/" + Application.BARE.context();
  }

  /** Returns whether SameSite as the servlet API sets it reaches the session cookie. */
  static boolean writesSameSiteOfSessions() {
    return !NAME.startsWith("payara");
  }

  /**
   * Returns whether the container takes the origin of a request from its {@code X-Forwarded-*}
   * headers, whoever sends them.
   */
  static boolean believesForwardedHeaders() {
    return NAME.equals("liberty");
  }

  /**
   * Returns whether the container's listener for CDI, before any filter, fails to read more than
   * 200 cookies.
   */
  static boolean failsAtManyCookies() {
    return NAME.equals("wildfly");
  }

  /**
   * Returns whether the container's code for CDI and Elytron, before any filter, may meet a session
   * that is ending.
   */
  public static boolean mayFailWhileASessionEnds() {
    return NAME.equals("wildfly");
  }

  /**
   * Returns whether the container has left out the application's error page. Payara does so now and
   * then beside asynchronous requests, without Gatehouse too.
   */
  static boolean mayLoseAnErrorPage(HttpResponse<String> answer) {
    return NAME.startsWith("payara") && answer.statusCode() == 409 && answer.body().isEmpty();
  }

  /**
   * Returns whether the container refuses, before any filter, a path with a broken {@code %}: with
   * an empty 200.
   */
  static boolean answersWithNothing(String answer) {
    return NAME.startsWith("payara")
        && answer.contains("\r\nContent-Length: 0\r\n")
        && !answer.contains("Set-Cookie");
  }

  /**
   * Returns whether the container takes some dots for a way out of the application: to its own
   * welcome page.
   */
  static boolean answersOutsideApplications(String body) {
    return NAME.equals("payara-server") && body.contains("<title>Payara Server - Server Running");
  }

  /**
   * Returns whether the container read a path to which no filter can be mapped, so that Gatehouse's
   * listener ended the request: by an exception, which the container answers with 500.
   */
  static boolean isEndedBeforeFilters(String answer) {
    return NAME.equals("liberty") && answer.contains("Gatehouse refused a request");
  }

  /** Returns whether the container itself fails on this path, with 500, before any filter. */
  public static boolean failsBeforeFilters(String path) {
    return NAME.equals("liberty") && (path.contains("..\\..") || path.matches(".*;.*/.*"));
  }

  /**
   * Returns the session id in the value of a cookie, as far as it counts: WildFly, Jetty and
   * Liberty add what names a node or a version, and Jetty ignores case.
   */
  public static String sessionId(String cookie) {
    return switch (NAME) {
      case "wildfly", "jetty" -> cookie.replaceFirst("\\..*", "").toLowerCase(Locale.ROOT);
      case "liberty" -> cookie.replaceFirst(":.*", "").substring(4);
      default -> cookie;
    };
  }

  /**
   * Returns whether this is the container's own page about a request that it does not pass on,
   * which shows the request.
   */
  public static boolean repeatsWhatItRefuses(String body) {
    var title = NAME.equals("jetty") ? "<th>URI:</th>" : "Invalid character found in the request";
    return (NAME.equals("jetty") || NAME.startsWith("tomcat")) && body.contains(title);
  }
}
