package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Java process that serves HTTP on loopback, with its output in a file. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration MAX_START_TIME = Duration.ofMinutes(2);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(20);

  private static final int RANGES = 110;
  private static final int PORTS_OF_RANGE = 200;
  private static final ServerSocket CLAIM = claim();
  private static final AtomicInteger NEXT_PORT = new AtomicInteger();

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  // Tests of several modules run at one time: whoever holds the first port of a range has its
  // ports.
  private static ServerSocket claim() {
    var first = (int) (ProcessHandle.current().pid() % RANGES);
    for (int i = 0; i < RANGES; i++) {
      var port = 10_000 + (first + i) % RANGES * PORTS_OF_RANGE;
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (IOException taken) { // the next range may be free
      }
    }
    throw new IllegalStateException("no range of ports is free");
  }

  /** Returns the directory in which the build has put the servers. */
  public static Path directory() {
    return Path.of(System.getProperty("servers.directory", "target/servers"));
  }

  /**
   * Starts {@code java} with these arguments.
   *
   * @param log the file for its output
   */
  public static ServerProcess start(Path log, List<String> arguments) {
    return start(log, Map.of(), arguments);
  }

  /**
   * Starts {@code java} with these arguments.
   *
   * @param log the file for its output
   * @param environment variables in addition to ours
   */
  public static ServerProcess start(
      Path log, Map<String, String> environment, List<String> arguments) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return start(log, environment, List.of(java), arguments);
  }

  /**
   * Starts Java with these arguments.
   *
   * @param log the file for its output
   * @param environment variables in addition to ours
   * @param java a JDK's {@code java}, with any command before it
   */
  public static ServerProcess start(
      Path log, Map<String, String> environment, List<String> java, List<String> arguments) {
    var command = new ArrayList<>(java);
    try {
      // Killed servers leave temporary files: put these next to the log, to be removed with it.
      var temporary = Files.createDirectories(log.toAbsolutePath().resolveSibling("tmp"));
      command.add("-Djava.io.tmpdir=" + temporary);
      command.addAll(arguments);
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(emptyFile(log).toFile()));
      builder.environment().putAll(environment);
      var process = builder.start();
      // If tests fail before they can close the process, it must not outlive them.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new ServerProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path emptyFile(Path log) throws IOException {
    return Files.write(log.resolveSibling("empty"), new byte[0]);
  }

  /**
   * Returns a loopback port that is free now, and that no connection or other process of the tests
   * takes before the server does: each process chooses from a range of its own, below the ports
   * that systems give to connections.
   */
  public static int freePort() {
    for (int i = 1; i < PORTS_OF_RANGE; i++) {
      var port = CLAIM.getLocalPort() + 1 + NEXT_PORT.getAndIncrement() % (PORTS_OF_RANGE - 1);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) { // the next one may be free
      }
    }
    throw new IllegalStateException("no port is free from " + CLAIM.getLocalPort());
  }

  /** Returns the port if it is free, else another one. */
  public static int freePort(int wanted) {
    try (var socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException taken) {
      return freePort();
    }
  }

  /** Waits until the address answers with a status below 500 that is not 404. */
  public void awaitAnswer(URI address) {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
    var end = Instant.now().plus(MAX_START_TIME);
    while (Instant.now().isBefore(end)) {
      if (!process.isAlive()) {
        throw new IllegalStateException("ended before it answered\n" + output());
      }
      try {
        var status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status < 500 && status != 404) {
          return;
        }
      } catch (IOException notYet) {
        // not started yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      pause();
    }
    close();
    throw new IllegalStateException("no answer from " + address + "\n" + output());
  }

  /** Waits a moment for another process. */
  public static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void pauseUntil(Instant moment) {
    while (Instant.now().isBefore(moment)) {
      pause();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the file to which the process writes. */
  public Path log() {
    return log;
  }

  /** Returns the output so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process as a crash would. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd(MAX_STOP_TIME);
  }

  /** Returns whether the process has ended within the time. */
  public boolean awaitEnd(Duration most) {
    try {
      return process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd(MAX_STOP_TIME)) {
      kill();
    }
  }
}
