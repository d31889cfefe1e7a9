package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.ContainerServer;
import java.util.ArrayList;
import java.util.List;

/** The alarms in a container's logs about requests that bypassed the filter. */
final class Alarms {
  static final String WARNING = "a request went past the Gatehouse filter";
  static final String EVENT = "\"event\":\"unguarded\"";
  private static final int AT_A_TIME = 50;

  private Alarms() {}

  /** Returns the number of warnings. */
  static long warnings(ContainerServer server) {
    return count(server, WARNING);
  }

  // A container may write the same to several files.
  private static long count(ContainerServer server, String text) {
    return server.logs().stream()
        .mapToLong(it -> it.lines().filter(line -> line.contains(text)).count())
        .max()
        .orElse(0);
  }

  /** Verifies that none of the requests raises an alarm. */
  static void assertNoneBy(ContainerServer server, List<Requests.Request> all) {
    var faults = new ArrayList<String>();
    for (var i = 0; i < all.size(); i += AT_A_TIME) {
      var some = all.subList(i, Math.min(all.size(), i + AT_A_TIME));
      if (isNoticed(server, some)) {
        some.stream()
            .filter(it -> isNoticed(server, List.of(it)))
            .forEach(it -> faults.add(it.name() + " -> " + it.send()));
      }
    }
    assertThat(faults).isEmpty();
    assertThat(warnings(server)).isZero();
  }

  private static boolean isNoticed(ContainerServer server, List<Requests.Request> requests) {
    var before = count(server, EVENT);
    requests.forEach(Requests.Request::send);
    ServerProcess.pause();
    return count(server, EVENT) > before;
  }
}
