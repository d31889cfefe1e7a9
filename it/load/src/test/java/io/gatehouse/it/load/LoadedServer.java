package io.gatehouse.it.load;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.Heap;
import io.gatehouse.it.servers.ServerProcess;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server with one variant of the application, in a separate process. */
final class LoadedServer implements AutoCloseable {
  // As an operator would run it, and alike for all; the heap holds what strangers leave in others.
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

  private final Variant variant;
  private final ApprovingServer approving;
  private final ServerProcess process;
  private final int port;

  private LoadedServer(
      Variant variant, ApprovingServer approving, ServerProcess process, int port) {
    this.variant = variant;
    this.approving = approving;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the server on its core, and waits until it answers; the application itself has not
   * received a request then.
   *
   * @param directory for all files of the server
   * @param options Java options in addition to the common ones
   */
  static LoadedServer start(
      Path directory, Variant variant, ApprovingServer approving, List<String> options) {
    return start(directory, variant, approving, javaOnItsCore(), options);
  }

  /**
   * Starts the server with another Java, on both cores.
   *
   * @param jdk the directory of that Java
   */
  static LoadedServer start(
      Path directory, Variant variant, ApprovingServer approving, Path jdk, List<String> options) {
    var java = new ArrayList<>(Cores.find().beforeServerOnBoth());
    java.add(java(jdk));
    return start(directory, variant, approving, java, options);
  }

  private static LoadedServer start(
      Path directory,
      Variant variant,
      ApprovingServer approving,
      List<String> java,
      List<String> options) {
    var port = ServerProcess.freePort();
    var own = directory.resolve(variant.name() + "-" + port);
    var arguments = new ArrayList<>(arguments(own, variant, approving, port));
    arguments.addAll(options);
    arguments.addAll(
        List.of(LoadedTomcat.class.getName(), variant.name(), own.resolve("tomcat").toString()));
    var process = ServerProcess.start(own.resolve("output.log"), Map.of(), java, arguments);
    process.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/control/sessions"));
    return new LoadedServer(variant, approving, process, port);
  }

  /** Returns the settings of a Java process with the application. */
  static List<String> arguments(
      Path directory, Variant variant, ApprovingServer approving, int port) {
    var key = ClientKey.create(directory.resolve("signing-key.pem"));
    var arguments = new ArrayList<>(JVM_OPTIONS);
    arguments.addAll(
        List.of(
            "-D" + Application.PORT + "=" + port,
            "-D" + Application.ISSUER + "=" + approving.issuer()));
    if (variant == Variant.GATEHOUSE) {
      arguments.addAll(
          List.of(
              "-Dgatehouse.provider=oidc",
              "-Dgatehouse.warm-up=false", // as the others, which have none
              "-Dgatehouse.issuer=" + approving.issuer(),
              "-Dgatehouse.client-id=" + ApprovingServer.CLIENT_ID,
              "-Dgatehouse.public-url=http://localhost:" + port + Application.PATH,
              "-Dgatehouse.signing-key=" + key.location()));
    }
    arguments.addAll(List.of("-cp", classPath(it -> !it.contains("opentelemetry-"))));
    return arguments;
  }

  /** Returns the command for this Java, on the server's core. */
  static List<String> javaOnItsCore() {
    var java = new ArrayList<>(Cores.find().beforeServer());
    java.add(java(Path.of(System.getProperty("java.home"))));
    return java;
  }

  private static String java(Path jdk) {
    return jdk.resolve("bin").resolve("java").toString();
  }

  /**
   * Returns the options with which the server's metrics can be read. Without these options the
   * process has no OpenTelemetry, like most applications, and it does not affect the measurement.
   *
   * @param port of loopback
   */
  static List<String> measured(int port) {
    return List.of("-D" + Metrics.PORT + "=" + port, "-cp", classPath(it -> true)); // the last wins
  }

  private static String classPath(Predicate<String> wanted) {
    // Failsafe starts this process with a jar that only names the others.
    var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  Variant variant() {
    return variant;
  }

  int port() {
    return port;
  }

  ApprovingServer approving() {
    return approving;
  }

  Heap heap() {
    return new Heap(process.pid());
  }

  /** Returns the output so far. */
  String output() {
    return process.output();
  }

  /** Returns the processor time of the server's threads. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(it -> it.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Returns the number of the application's sessions. */
  long sessions() {
    return control("sessions");
  }

  /** Ends all sessions. */
  void forget() {
    control("forget");
  }

  /** Pins a virtual thread, the first time. */
  void pin() {
    control("pin");
  }

  private long control(String command) {
    try (var connection = new Connection(port)) {
      return Long.parseLong(
          connection
              .send(
                  "GET /control/%s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n".formatted(command, port))
              .body());
    }
  }

  /**
   * Returns a person's request for a page.
   *
   * @param target path and query
   * @param cookies the browser's cookies, or an empty text
   */
  String get(String target, String cookies) {
    return "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n%s\r\n"
        .formatted(target, port, cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n");
  }

  /** Returns the request of a person who has not logged in. */
  String anonymous() {
    return get(Application.PATH + "/page", "");
  }

  @Override
  public void close() {
    process.close();
  }
}
