package io.gatehouse.it;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The application on the container of the moment, and the lying server that it logs in at. */
record ContainerWitness(LyingServer server, LogFiles logs) implements Witness {
  ContainerWitness(LyingServer server) {
    this(server, new LogFiles(Container::logFiles));
  }

  @Override
  public URI page() {
    return Application.page("/who");
  }

  @Override
  public long visits() {
    return Application.visits();
  }

  @Override
  public Map<String, Integer> calls() {
    return server.calls().entrySet().stream()
        .collect(
            Collectors.toMap(
                it -> it.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  @Override
  public Set<String> secrets() {
    return server.secrets();
  }
}
