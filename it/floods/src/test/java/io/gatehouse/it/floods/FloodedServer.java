package io.gatehouse.it.floods;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.Heap;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with the application, in a process of its own, and where its users log in. */
final class FloodedServer implements AutoCloseable {
  private static final String KIND = System.getProperty("floods.server", "tomcat");

  // As an operator would run it: with the heap that it needs and all of the compiler.
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms256m", "-Xmx256m", "-XX:TieredStopAtLevel=4");

  private final ServerProcess process;
  private final Path log;
  private final Site site;

  private FloodedServer(ServerProcess process, Path log, Site site) {
    this.process = process;
    this.log = log;
    this.site = site;
  }

  /**
   * Starts both, and waits until the application answers.
   *
   * @param directory for all that the server writes
   * @param lifeOfTokens how long access tokens live
   * @param overrides properties of the application besides those that it needs
   */
  static FloodedServer start(Path directory, Duration lifeOfTokens, Map<String, String> overrides) {
    var approving = ApprovingServer.start(lifeOfTokens);
    var port = ServerProcess.freePort();
    var war = war(directory, approving, port, overrides);
    var page = URI.create(Site.publicUrl(port) + "/visits");
    var site = new Site(port, approving);
    if (KIND.equals("tomcat")) {
      var tomcat = Tomcat.start(directory, port, JVM_OPTIONS, war).awaitPage(page);
      return new FloodedServer(tomcat.process(), directory.resolve("tomcat.log"), site);
    }
    var options = new ArrayList<>(JVM_OPTIONS);
    options.addAll(List.of("-Xms384m", "-Xmx384m"));
    var payara = PayaraMicro.start(directory, port, options, List.of(war));
    payara.process().awaitAnswer(page);
    return new FloodedServer(payara.process(), directory.resolve("payara-micro.log"), site);
  }

  /** The application, configured for one port and one authorization server. */
  static Path war(
      Path directory, ApprovingServer approving, int port, Map<String, String> overrides) {
    var properties = new HashMap<>(overrides);
    properties.put("gatehouse.provider", "oidc");
    properties.put("gatehouse.issuer", approving.issuer());
    properties.put("gatehouse.client-id", ApprovingServer.CLIENT_ID);
    properties.put("gatehouse.public-url", Site.publicUrl(port));
    properties.put(
        "gatehouse.signing-key", ClientKey.create(directory.resolve("signing-key.pem")).location());
    return ConfiguredWar.create(
        "bare.war", directory.resolve("wars").resolve(Site.CONTEXT + ".war"), properties);
  }

  /** Its name and version, as they stand in the documentation. */
  static String version() {
    return System.getProperty("floods.version." + KIND, KIND);
  }

  /** Its name alone. */
  static String kind() {
    return version().replaceFirst(" [0-9].*", "");
  }

  Site site() {
    return site;
  }

  ApprovingServer approving() {
    return site.server();
  }

  Heap heap() {
    return new Heap(process.pid());
  }

  /** The time that its threads have had of the processors. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(it -> it.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** How many bytes it has logged. */
  long logged() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files and sockets it has open. */
  long openFiles() {
    try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many threads the system knows of it. */
  long threads() {
    try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    approving().close();
  }
}
