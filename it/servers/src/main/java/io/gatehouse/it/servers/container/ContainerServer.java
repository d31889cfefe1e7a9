package io.gatehouse.it.servers.container;

import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The current container, named by the system property {@code container.name}, with several
 * applications at once: a process on 127.0.0.1.
 */
public final class ContainerServer implements AutoCloseable {
  private static final Duration MAX_START_TIME = Duration.ofMinutes(3);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ServerProcess process;
  private final Path directory;
  private final int port;

  private ContainerServer(ServerProcess process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Returns the container's name as in the reports: {@code jetty}, {@code tomcat-10.1} and so on.
   */
  public static String name() {
    return System.getProperty("container.name", "tomcat-10.1");
  }

  /** Returns whether the container has servlets, JSP and WebSocket only. */
  public static boolean hasServletsOnly() {
    return name().startsWith("tomcat") || name().equals("jetty");
  }

  /**
   * Starts the container with all features of a Jakarta EE server, and does not wait.
   *
   * @param directory for all its files
   */
  public static ContainerServer start(Path directory, int port, List<Deployed> applications) {
    return start(launcher(LibertyLauncher.WHOLE), directory, port, applications);
  }

  /**
   * Starts the container and does not wait. A container whose features can be chosen has only
   * servlets, pages and the APIs that Gatehouse needs.
   *
   * @param directory for all its files
   */
  public static ContainerServer startSmall(Path directory, int port, List<Deployed> applications) {
    return start(launcher(LibertyLauncher.SMALL), directory, port, applications);
  }

  private static ContainerServer start(
      Launcher launcher, Path directory, int port, List<Deployed> applications) {
    try {
      Files.createDirectories(directory);
      var process = launcher.start(directory.toAbsolutePath(), port, applications);
      return new ContainerServer(process, directory, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Launcher launcher(LibertyLauncher liberty) {
    return switch (name()) {
      case "tomcat-10.1" -> new TomcatLauncher("tomcat");
      case "tomcat-11" -> new TomcatLauncher("tomcat-11");
      case "jetty" -> new JettyLauncher();
      case "liberty" -> liberty;
      case "wildfly" -> new WildFlyLauncher();
      case "payara-micro" -> new PayaraMicroLauncher();
      case "payara-server" -> new PayaraServerLauncher();
      default -> throw new IllegalStateException("unknown container " + name());
    };
  }

  /**
   * Waits until a page of an application shows a text: another application, at the root, may answer
   * for one that has not started yet.
   */
  public ContainerServer await(String contextPath, String page, String text) {
    if (!shows(contextPath, page, text, MAX_START_TIME)) {
      close();
      throw new IllegalStateException("no " + text + " at " + contextPath + page + "\n" + tail());
    }
    return this;
  }

  /** Waits for a page to show a text, for the given time, and returns whether it does. */
  public boolean shows(String contextPath, String page, String text, Duration most) {
    var request =
        HttpRequest.newBuilder(address(contextPath, page)).timeout(Duration.ofSeconds(30)).build();
    var end = Instant.now().plus(most);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      try {
        if (CLIENT.send(request, BodyHandlers.ofString()).body().contains(text)) {
          return true;
        }
      } catch (IOException notYet) {
        // not started yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      ServerProcess.pause();
    }
    return false;
  }

  public int port() {
    return port;
  }

  /** Returns the address of a page, under {@code localhost}. */
  public URI address(String contextPath, String page) {
    return URI.create("http://localhost:" + port + contextPath + page);
  }

  public ServerProcess process() {
    return process;
  }

  /** Returns the text of all log files, and of the output. */
  public String log() {
    return String.join("", logs());
  }

  /** Returns the texts of all log files, and of the output, which may overlap. */
  public List<String> logs() {
    var texts = new ArrayList<String>();
    try {
      for (var file : logFiles()) {
        texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all log files, including the file of the output. */
  public List<Path> logFiles() {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(directory, Set.of(), 4, new LogVisitor(found));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    var log = log();
    return log.substring(Math.max(0, log.length() - 10_000));
  }

  private static final class LogVisitor extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    LogVisitor(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.getFileName().toString().endsWith(".log")) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    // A container that starts creates and removes files.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
