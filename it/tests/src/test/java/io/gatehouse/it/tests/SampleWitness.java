package io.gatehouse.it.tests;

import io.gatehouse.it.servers.LogFiles;
import io.gatehouse.it.servers.Witness;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sample at a context, and its stand-in. The sample counts no visits; its page shows whether a
 * request reached the sample.
 */
record SampleWitness(Servers servers, String context) implements Witness {
  @Override
  public URI page() {
    return servers.page(context, "/account");
  }

  @Override
  public long visits() {
    return 0;
  }

  @Override
  public Map<String, Integer> calls() {
    return servers.verifierOf(context).counts();
  }

  @Override
  public Set<String> secrets() {
    return Set.of();
  }

  @Override
  public LogFiles logs() {
    return new LogFiles(() -> List.of(servers.payara().process().log()));
  }
}
