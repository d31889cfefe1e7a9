package io.gatehouse.junit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The stand-in's process. The process ends when this object is closed, when this JVM exits, and,
 * since the process watches its standard input, also when this JVM is killed.
 */
final class StandInProcess implements AutoCloseable {
  private static final Duration MAX_START_TIME = Duration.ofMinutes(3);
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(10);
  private static final String READY = "stand-in ready at ";
  private static final int MAX_LINES = 200;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  // The environment of the tests must not affect the stand-in: SERVER_ADDRESS would change its
  // address, and JDK_JAVA_OPTIONS may request the port of a debugger.
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "LD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP", "LANG", "LC_ALL", "HOME");

  private final TemporaryFiles files;
  private final Process process;
  private final Thread onExit = new Thread(this::end, "gatehouse-standin-end");
  private final CompletableFuture<URI> issuer = new CompletableFuture<>();
  private final Deque<String> output = new ArrayDeque<>();

  private StandInProcess(TemporaryFiles files, Process process) {
    this.files = files;
    this.process = process;
  }

  /**
   * Starts the stand-in and waits until it is ready.
   *
   * @param java the {@code java} program that runs the stand-in
   * @param port a loopback port, or 0 for a free one
   * @throws IllegalStateException if the stand-in cannot be started; the message gives the reason
   */
  static StandInProcess start(Path java, int port, List<String> options) {
    if (!Files.isExecutable(java) && !Files.isExecutable(Path.of(java + ".exe"))) {
      throw new IllegalStateException(
          "the Verifier stand-in needs a java of 17 or newer to run with, and there is none at "
              + java);
    }
    var chosen = free(port);
    var files = TemporaryFiles.create();
    StandInProcess standIn;
    try {
      standIn = new StandInProcess(files, launch(java, files, chosen, options));
    } catch (IOException e) {
      files.close();
      throw new IllegalStateException("the Verifier stand-in could not be started", e);
    }
    Runtime.getRuntime().addShutdownHook(standIn.onExit);
    standIn.readOutput();
    standIn.awaitReady();
    return standIn;
  }

  private static int free(int port) {
    try (var socket = new ServerSocket()) {
      // Bind as a server would: a port is free as soon as its last owner has ended.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(
          port == 0
              ? "the Verifier stand-in needs a port of 127.0.0.1, and none is free"
              : "the Verifier stand-in needs port " + port + " of 127.0.0.1, and it is taken",
          e);
    }
  }

  private static Process launch(Path java, TemporaryFiles files, int port, List<String> options)
      throws IOException {
    var command =
        new ArrayList<String>(
            List.of(
                java.toString(),
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + files.directory(),
                "-jar",
                files.copyOfStandIn().toString(),
                "--server.port=" + port,
                "--standin.strict=true",
                "--standin.end-with-input=true",
                "--standin.signing-key=" + files.directory().resolve("signing-key.jwk")));
    command.addAll(options);
    // Use a separate directory: Spring reads the application.properties of the current one.
    var builder =
        new ProcessBuilder(command).directory(files.directory().toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private void readOutput() {
    var reader = new Thread(this::read, "gatehouse-standin-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        if (line.startsWith(READY)) {
          issuer.complete(URI.create(line.substring(READY.length())));
        }
      }
    } catch (IOException closed) {
      // the process has ended, or is ending
    }
    issuer.completeExceptionally(new IOException("it ended"));
  }

  private synchronized void keep(String line) {
    output.add(line);
    if (output.size() > MAX_LINES) {
      output.remove();
    }
  }

  private synchronized String output() {
    return String.join("\n", output);
  }

  private void awaitReady() {
    try {
      issuer.get(MAX_START_TIME.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      close();
      throw new IllegalStateException(
          "the Verifier stand-in ended before it was ready. It wrote:\n" + output(), e);
    } catch (TimeoutException e) {
      close();
      throw new IllegalStateException(
          "the Verifier stand-in was not ready after "
              + MAX_START_TIME.toSeconds()
              + " s. It wrote:\n"
              + output(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while the Verifier stand-in started", e);
    }
  }

  /** Returns the issuer in the discovery document. */
  URI issuer() {
    return issuer.join();
  }

  Process process() {
    return process;
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(MAX_STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    files.close();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      return; // the hook ends the process
    }
    end();
  }
}
