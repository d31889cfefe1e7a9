package io.gatehouse.it.containers;

import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.LyingServer;
import io.gatehouse.it.servers.Witness;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The application on the current container, and its authorization server. */
record ContainerWitness(
    Application application, Supplier<Map<String, Integer>> received, Supplier<Set<String>> known)
    implements Witness {
  static ContainerWitness of(LyingServer server, Application application) {
    return new ContainerWitness(application, () -> byName(server), server::secrets);
  }

  /** Returns a witness with the stand-in as the authorization server. */
  static ContainerWitness ofStandIn() {
    return new ContainerWitness(Application.BARE, () -> Servers.standIn().counts(), Set::of);
  }

  private static Map<String, Integer> byName(LyingServer server) {
    return server.calls().entrySet().stream()
        .collect(
            Collectors.toMap(
                it -> it.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  @Override
  public URI page() {
    return application.page("/who");
  }

  @Override
  public long visits() {
    return application.visits();
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
    return new LogFiles(() -> Servers.container().logFiles());
  }
}
