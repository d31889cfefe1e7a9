package io.gatehouse.sample;

import java.io.IOException;
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

/** The server of the test with the WAR that this module has built: a process on 127.0.0.1. */
final class PayaraMicro implements AutoCloseable {
  private static final Path DIRECTORY = Path.of("target/server").toAbsolutePath();
  private static final Duration MAX_START_TIME = Duration.ofMinutes(4);
  private static final String LOOPBACK_ONLY =
      "set configs.config.server-config.network-config.network-listeners.network-listener"
          + ".http-listener.address=127.0.0.1\n";

  private final Process process;
  private final URI application;

  private PayaraMicro(Process process, URI application) {
    this.process = process;
    this.application = application;
  }

  /**
   * Starts it and waits for the application.
   *
   * @param properties system properties, where MicroProfile Config finds them
   */
  static PayaraMicro start(int port, Map<String, String> properties) throws Exception {
    var preboot = Files.writeString(DIRECTORY.resolve("preboot.txt"), LOOPBACK_ONLY);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-Xmx384m",
            "-Djava.io.tmpdir=" + Files.createDirectories(DIRECTORY.resolve("tmp")),
            "-jar",
            DIRECTORY.resolve("payara-micro.jar").toString(),
            "--disablephonehome",
            "--nohazelcast",
            "--port",
            String.valueOf(port),
            "--prebootcommandfile",
            preboot.toString(),
            "--deploy",
            Path.of("target/sample.war").toAbsolutePath().toString()));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(DIRECTORY.resolve("payara-micro.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return new PayaraMicro(process, address(port)).awaitApplication();
  }

  /** A port of loopback that is free now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The application's root, without a slash at its end. */
  static URI address(int port) {
    return URI.create("http://localhost:" + port + "/sample");
  }

  private PayaraMicro awaitApplication() throws InterruptedException {
    var client = HttpClient.newHttpClient();
    var request = HttpRequest.newBuilder(URI.create(application + "/")).build();
    var end = Instant.now().plus(MAX_START_TIME);
    while (process.isAlive() && Instant.now().isBefore(end)) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return this;
        }
      } catch (IOException notYet) {
        // it is starting
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    close();
    throw new IllegalStateException("no answer from " + application + "; see " + DIRECTORY);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
