package io.gatehouse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** In what the container of the moment differs from others; docs/containers/README.md says it. */
final class Container {
  private static final String NAME = System.getProperty("arquillian.launch", "");
  private static final Path LOGS = Path.of(System.getProperty("container.logs", "target"));

  private Container() {}

  /** Whether it has servlets and nothing else: neither CDI nor MicroProfile Config nor JSON-P. */
  static boolean hasServletsOnly() {
    return NAME.startsWith("tomcat") || NAME.startsWith("jetty");
  }

  /** Whether SameSite as the servlet API sets it reaches the session cookie. */
  static boolean writesSameSiteOfSessions() {
    return !NAME.startsWith("payara");
  }

  /** Whether it refuses, before any filter, a path with a broken {@code %}: with an empty 200. */
  static boolean answersWithNothing(String answer) {
    return NAME.startsWith("payara")
        && answer.contains("\r\nContent-Length: 0\r\n")
        && !answer.contains("Set-Cookie");
  }

  /** What it has logged so far; where it logs to the output of the tests themselves, nothing. */
  static String log() {
    try (Stream<Path> files = Files.list(LOGS)) {
      var text = new StringBuilder();
      for (var file : files.filter(Container::isLog).sorted().toList()) {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().matches(".+\\.log(\\.0)?");
  }
}
