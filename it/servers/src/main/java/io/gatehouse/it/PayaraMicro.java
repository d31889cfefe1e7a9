package io.gatehouse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro with some applications, on 127.0.0.1 only. */
final class PayaraMicro implements AutoCloseable {
  // On loopback only. And connections that last: Payara closes each after 256 requests and keeps
  // some 2 KiB of some hundreds of closed ones, which would hide what the filter keeps.
  private static final String SETTINGS =
      """
      set configs.config.server-config.network-config.network-listeners.network-listener\
      .http-listener.address=127.0.0.1
      set configs.config.server-config.network-config.protocols.protocol\
      .http-listener.http.max-connections=-1
      """;

  private final ServerProcess process;
  private final int port;

  private PayaraMicro(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and does not wait.
   *
   * @param directory for its log and its settings
   * @param jvmOptions options of the Java machine, system properties among them
   */
  static PayaraMicro start(Path directory, int port, List<String> jvmOptions, List<Path> wars) {
    try {
      Files.createDirectories(directory);
      var preboot = Files.writeString(directory.resolve("preboot.txt"), SETTINGS);
      var arguments = new ArrayList<>(List.of("-Xmx384m"));
      arguments.addAll(jvmOptions);
      arguments.addAll(
          List.of(
              "-jar",
              ServerProcess.directory().resolve("payara-micro.jar").toString(),
              "--nohazelcast",
              "--disablephonehome",
              "--port",
              String.valueOf(port),
              "--prebootcommandfile",
              preboot.toString()));
      wars.forEach(it -> arguments.addAll(List.of("--deploy", it.toString())));
      return new PayaraMicro(
          ServerProcess.start(directory.resolve("payara-micro.log"), arguments), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until an application answers. */
  PayaraMicro awaitApplication(String context) {
    process.awaitAnswer(address(context));
    return this;
  }

  /** The address of an application's root, under {@code localhost}. */
  URI address(String context) {
    return URI.create("http://localhost:" + port + "/" + context + "/");
  }

  ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
