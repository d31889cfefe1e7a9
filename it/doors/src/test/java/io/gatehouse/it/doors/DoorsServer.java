package io.gatehouse.it.doors;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The container of the moment, named by the system property {@code doors.container}, with several
 * applications at once: a process on 127.0.0.1.
 */
final class DoorsServer implements AutoCloseable {
  private static final Duration MAX_START_TIME = Duration.ofMinutes(3);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ServerProcess process;
  private final Path directory;
  private final int port;

  private DoorsServer(ServerProcess process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** The container's name as in the reports: {@code jetty}, {@code tomcat-10.1} and so on. */
  static String container() {
    return System.getProperty("doors.container", "tomcat-10.1");
  }

  /** Returns whether the container has servlets, JSP and WebSocket only. */
  static boolean hasServletsOnly() {
    return container().startsWith("tomcat") || container().equals("jetty");
  }

  /** The WAR of the doors for this container. */
  static Path doorsWar() {
    return ServerProcess.directory()
        .resolve(hasServletsOnly() ? "doors-servlets.war" : "doors.war");
  }

  /**
   * Starts the container and does not wait.
   *
   * @param directory for all that it writes
   */
  static DoorsServer start(Path directory, int port, List<Deployed> applications) {
    try {
      Files.createDirectories(directory);
      var process = launcher().start(directory.toAbsolutePath(), port, applications);
      return new DoorsServer(process, directory, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Launcher launcher() {
    return switch (container()) {
      case "tomcat-10.1" -> new TomcatLauncher("tomcat");
      case "tomcat-11" -> new TomcatLauncher("tomcat-11");
      case "jetty" -> new JettyLauncher();
      case "liberty" -> new LibertyLauncher();
      case "wildfly" -> new WildFlyLauncher();
      case "payara-micro" -> new PayaraMicroLauncher();
      case "payara-server" -> new PayaraServerLauncher();
      default -> throw new IllegalStateException("unknown container " + container());
    };
  }

  /**
   * Waits until a page of an application shows a text: another application, at the root, may answer
   * for one that is not there yet.
   */
  DoorsServer await(String contextPath, String page, String text) {
    if (!shows(contextPath, page, text, MAX_START_TIME)) {
      close();
      throw new IllegalStateException("no " + text + " at " + contextPath + page + "\n" + tail());
    }
    return this;
  }

  /** Waits for a page to show a text, for as long as given, and returns whether it does. */
  boolean shows(String contextPath, String page, String text, Duration most) {
    var request =
        HttpRequest.newBuilder(address(contextPath, page)).timeout(Duration.ofSeconds(30)).build();
    var end = Instant.now().plus(most);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try {
        if (CLIENT.send(request, BodyHandlers.ofString()).body().contains(text)) {
          return true;
        }
      } catch (IOException notYet) {
        // it is starting
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      ServerProcess.pause();
    }
    return false;
  }

  int port() {
    return port;
  }

  /** The address of a page, under {@code localhost}. */
  URI address(String contextPath, String page) {
    return URI.create("http://localhost:" + port + contextPath + page);
  }

  ServerProcess process() {
    return process;
  }

  /** The text of all its log files, and of its output. */
  String log() {
    return String.join("", logs());
  }

  /** The texts of all its log files, and of its output, which may have the same in common. */
  List<String> logs() {
    var texts = new ArrayList<String>();
    try (var files = Files.walk(directory, 4)) {
      for (var file : files.filter(DoorsServer::isLog).toList()) {
        texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    var log = log();
    return log.substring(Math.max(0, log.length() - 10_000));
  }

  private static boolean isLog(Path file) {
    return Files.isRegularFile(file) && file.getFileName().toString().endsWith(".log");
  }

  @Override
  public void close() {
    process.close();
  }
}
