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

/**
 * A container with the application, in a separate process, and the authorization server of its
 * users.
 */
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
   * Starts both servers, and waits until the application answers.
   *
   * @param directory for all files of the container
   * @param lifeOfTokens the lifetime of access tokens
   * @param overrides properties of the application in addition to the required ones
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

  /** Builds the application, configured for one port and one authorization server. */
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

  /** Returns the container's name and version, as in the documentation. */
  static String version() {
    return System.getProperty("floods.version." + KIND, KIND);
  }

  /** Returns the container's name. */
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

  /** Returns the processor time of the container's threads. */
  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(it -> it.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Returns the number of bytes in the log. */
  long logged() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of open files and sockets. */
  long openFiles() {
    try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of threads that the operating system reports for the process. */
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
