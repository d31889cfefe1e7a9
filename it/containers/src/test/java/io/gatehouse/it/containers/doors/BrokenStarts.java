package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.ContainerServer;
import io.gatehouse.it.servers.container.Deployed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The current container with one application for each slip, and one without any, started together.
 */
final class BrokenStarts implements AutoCloseable {
  private static final String HEALTHY = "zz-healthy"; // many containers go by the names

  private final int port = ServerProcess.freePort();
  private final SmallWar war;
  private final List<Slip> slips;
  private final List<Slip.Accepted> accepted;
  private final ContainerServer server;

  BrokenStarts() {
    var directory =
        ServerProcess.directory()
            .resolveSibling("starts")
            .resolve(ContainerServer.name())
            .toAbsolutePath();
    war = new SmallWar(directory, port);
    var all = new Slips(war.unchanged(), directory);
    slips = all.broken();
    accepted = all.accepted();
    var deployed = new ArrayList<Deployed>();
    slips.forEach(it -> deployed.add(war.with(it)));
    accepted.forEach(it -> deployed.add(war.with(it.slip())));
    deployed.add(war.with(Slip.none(HEALTHY)));
    letLibertyStartAllAtOnce(directory.resolve("server"));
    server = ContainerServer.startSmall(directory.resolve("server"), port, deployed);
    server.await("/" + HEALTHY, "/counts", "COUNTS");
  }

  // Each start there keeps a thread and waits for others: with the few threads of a small machine
  // all wait for each other, and only now and then Liberty adds one.
  private static void letLibertyStartAllAtOnce(Path server) {
    var settings = server.resolve("servers/defaultServer/configDropins/overrides");
    try {
      Files.createDirectories(settings);
      Files.writeString(
          settings.resolve("threads.xml"), "<server><executor coreThreads=\"96\"/></server>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Slip> slips() {
    return slips;
  }

  List<Slip.Accepted> accepted() {
    return accepted;
  }

  ContainerServer server() {
    return server;
  }

  int port() {
    return port;
  }

  /** Returns the file of the key that all applications have. */
  Path keyFile() {
    return war.key().file();
  }

  @Override
  public void close() {
    server.close();
  }
}
