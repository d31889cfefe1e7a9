package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.ContainerServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A request that bypasses the filter is detected, and no other request is reported. */
@ExtendWith(Doors.Parameter.class)
class TripwireIT {
  private static final String WARNING = "a request went past the Gatehouse filter";
  private static final String EVENT = "\"event\":\"unguarded\"";
  private static final int FLOOD = 500;
  private static final int MAX_WARNINGS = 2;
  private static final int AT_A_TIME = 50;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @Tag("case-102")
  @Test
  void aHoleOfTheContainerIsNoticed() {
    assumeTrue(Hole.isKnown(), "no hole is known of " + ContainerServer.name());
    var directory =
        ServerProcess.directory()
            .resolveSibling("tripwire")
            .resolve(ContainerServer.name())
            .toAbsolutePath();
    var port = ServerProcess.freePort();
    var small = new SmallWar(directory, port);
    var hole = Hole.of(small.unchanged(), directory);
    var slip = Slip.ofWar(Hole.CONTEXT.substring(1), "", hole::addTo);
    var deployed = List.of(small.with(slip));
    try (var server = ContainerServer.start(directory.resolve("server"), port, deployed)) {
      server.await(Hole.CONTEXT, "/counts", "COUNTS");
      var answer = hole.pass(port);
      assertThat(answer.body()).as(answer.head()).contains("SECRET");
      awaitLine(server, WARNING);
      assertThat(server.logs())
          .anyMatch(it -> it.lines().anyMatch(line -> isEvent(line, hole.servlet())));

      for (var i = 0; i < FLOOD; i++) {
        hole.pass(port);
      }
      assertThat(warnings(server)).isBetween(1L, (long) MAX_WARNINGS);
    }
  }

  private static boolean isEvent(String line, String servlet) {
    return line.contains(EVENT) && line.contains(servlet);
  }

  private static void awaitLine(ContainerServer server, String text) {
    var end = Instant.now().plus(AT_ONCE);
    while (Instant.now().isBefore(end) && !server.log().contains(text)) {
      ServerProcess.pause();
    }
    assertThat(server.log()).contains(text);
  }

  private static long warnings(ContainerServer server) {
    return count(server, WARNING);
  }

  // A container may write the same to several files.
  private static long count(ContainerServer server, String text) {
    return server.logs().stream()
        .mapToLong(it -> it.lines().filter(line -> line.contains(text)).count())
        .max()
        .orElse(0);
  }

  /** Verifies that strangers cannot raise an alarm. */
  @Tag("case-102")
  @Test
  void noRequestThatIsAnsweredAsItShouldBeIsTakenForOne(Doors doors) {
    assertNoneIsNoticed(doors.server(), Requests.ordinaryAndHostile(doors));
  }

  @Tag("case-102")
  @Test
  void noSpellingOfAPathIsTakenForOne(Doors doors) {
    assertNoneIsNoticed(doors.server(), Requests.oddPaths(doors));
  }

  private static void assertNoneIsNoticed(ContainerServer server, List<Requests.Request> all) {
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
