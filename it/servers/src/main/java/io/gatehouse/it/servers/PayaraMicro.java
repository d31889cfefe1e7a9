package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara Micro with some applications, on 127.0.0.1 only. */
public final class PayaraMicro implements AutoCloseable {
  /** JVM options for tests that last for minutes. */
  public static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  // Listen on loopback only, with connections that last: Payara closes each after 256 requests and
  // keeps about 2 KiB of each of several hundred closed ones, which would hide the memory that the
  // filter keeps.
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
   * Starts Payara Micro and does not wait.
   *
   * @param directory for its log and its settings
   * @param jvmOptions options of the JVM, including system properties
   */
  public static PayaraMicro start(
      Path directory, int port, List<String> jvmOptions, List<Path> wars) {
    return start(directory, port, jvmOptions, List.of("--nohazelcast"), wars);
  }

  /**
   * Starts Payara Micro as one node of a cluster that copies sessions, and does not wait.
   *
   * @param name of the node
   * @param clusterPort the port at which the other node reaches this one
   * @param otherClusterPort the port at which this node reaches the other one
   */
  public static PayaraMicro startMember(
      String name,
      Path directory,
      int port,
      int clusterPort,
      int otherClusterPort,
      List<String> jvmOptions,
      Path war) {
    var options = new ArrayList<>(jvmOptions);
    options.add("-Dhazelcast.socket.bind.any=false");
    return start(
        directory,
        port,
        options,
        List.of(
            "--clustermode",
            "tcpip:127.0.0.1:" + clusterPort + ",127.0.0.1:" + otherClusterPort,
            "--interfaces",
            "127.0.0.1",
            "--startport",
            String.valueOf(clusterPort),
            "--clustername",
            "gatehouse-cluster-test",
            "--name",
            name),
        List.of(war));
  }

  private static PayaraMicro start(
      Path directory, int port, List<String> jvmOptions, List<String> cluster, List<Path> wars) {
    try {
      Files.createDirectories(directory);
      var preboot = Files.writeString(directory.resolve("preboot.txt"), SETTINGS);
      var arguments = new ArrayList<>(List.of("-Xmx384m"));
      arguments.addAll(jvmOptions);
      arguments.addAll(
          List.of(
              "-jar",
              ServerProcess.directory().resolve("payara-micro.jar").toString(),
              "--disablephonehome",
              "--port",
              String.valueOf(port),
              "--prebootcommandfile",
              preboot.toString()));
      arguments.addAll(cluster);
      wars.forEach(it -> arguments.addAll(List.of("--deploy", it.toString())));
      return new PayaraMicro(
          ServerProcess.start(directory.resolve("payara-micro.log"), arguments), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until an application answers. */
  public PayaraMicro awaitApplication(String context) {
    process.awaitAnswer(address(context));
    return this;
  }

  /** Returns the address of an application's root, under {@code localhost}. */
  public URI address(String context) {
    return URI.create("http://localhost:" + port + "/" + context + "/");
  }

  public ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
