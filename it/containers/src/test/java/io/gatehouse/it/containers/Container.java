package io.gatehouse.it.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** In what the container of the moment differs from others; docs/containers/README.md says it. */
final class Container {
  private static final String NAME = System.getProperty("arquillian.launch", "");
  private static final Path LOGS = Path.of(System.getProperty("container.logs", "target"));

  // Jetty runs in the process of the tests, and its adapter names the context after a temporary
  // file. With this the application has its own path, and sees nothing of the tests' JSON-P.
  private static final String JETTY =
      """
      <?xml version="1.0"?>
      <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN"
          "https://jetty.org/configure_10_0.dtd">
      <Configure class="org.eclipse.jetty.ee10.webapp.WebAppContext">
        <Set name="contextPath">/%s</Set>
        <Set name="parentLoaderPriority">false</Set>
        <Get name="hiddenClassMatcher">
          <Call name="add"><Arg>jakarta.json.</Arg></Call>
          <Call name="add"><Arg>org.eclipse.parsson.</Arg></Call>
        </Get>
      </Configure>
      """;

  static {
    if (NAME.equals("jetty")) {
      logToFile();
    }
  }

  private Container() {}

  // It runs in the process of the tests, whose log is a file for it as other servers have one.
  private static void logToFile() {
    try {
      var file = new FileHandler(LOGS.resolve("jetty.log").toString());
      file.setEncoding("UTF-8");
      file.setLevel(Level.ALL);
      file.setFormatter(new SimpleFormatter());
      Logger.getLogger("").addHandler(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the container of the moment needs in WEB-INF to serve it there, by file name. */
  static Map<String, String> descriptors(String context) {
    return NAME.equals("jetty") ? Map.of("jetty-web.xml", JETTY.formatted(context)) : Map.of();
  }

  /** Whether it has neither MicroProfile Config nor JSON-P. */
  static boolean hasServletsOnly() {
    return NAME.startsWith("tomcat") || NAME.startsWith("jetty");
  }

  /** Jetty has the API on the tests' class path, as its annotations need it. */
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
    return NAME.equals("liberty") ? "/" : "/" + Application.CONTEXT;
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

  /** What it has logged so far, by file; nothing where it logs to the output of the tests. */
  static Map<Path, String> logs() {
    var logs = new TreeMap<Path, String>();
    try {
      for (var file : logFiles()) {
        logs.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files that it logs to. */
  static List<Path> logFiles() {
    try (Stream<Path> files = Files.list(LOGS)) {
      return files.filter(Container::isLog).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().matches(".+\\.log(\\.0)?");
  }
}
