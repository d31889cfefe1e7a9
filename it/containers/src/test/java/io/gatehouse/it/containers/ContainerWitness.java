package io.gatehouse.it.containers;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.Witness;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The application on the container of the moment, and the server that it logs in at. */
record ContainerWitness(
    String context, Supplier<Map<String, Integer>> received, Supplier<Set<String>> known)
    implements Witness {
  static ContainerWitness of(LyingServer server, String context) {
    return new ContainerWitness(context, () -> byName(server), server::secrets);
  }

  /** With the stand-in as the server. */
  static ContainerWitness ofStandIn() {
    return new ContainerWitness(Application.CONTEXT, () -> LoginServer.standIn().counts(), Set::of);
  }

  private static Map<String, Integer> byName(LyingServer server) {
    return server.calls().entrySet().stream()
        .collect(
            Collectors.toMap(
                it -> it.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  URI page(String path) {
    return URI.create("http://localhost:" + Application.PORT + "/" + context + path);
  }

  @Override
  public URI page() {
    return page("/who");
  }

  @Override
  public long visits() {
    return Long.parseLong(new Browser().get(page("/visits")).body().strip());
  }

  @Override
  public Map<String, Integer> calls() {
    return received.get();
  }

  @Override
  public Set<String> secrets() {
    return known.get();
  }

  @Override
  public LogFiles logs() {
    return new LogFiles(Container::logFiles);
  }
}
