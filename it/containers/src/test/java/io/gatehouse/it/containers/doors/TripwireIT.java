package io.gatehouse.it.containers.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.container.ContainerServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request that bypasses the filter is detected. */
class TripwireIT {
  private static final int FLOOD = 500;
  private static final int MAX_WARNINGS = 2;
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
      awaitLine(server, Alarms.WARNING);
      assertThat(server.logs())
          .anyMatch(it -> it.lines().anyMatch(line -> isEvent(line, hole.servlet())));

      for (var i = 0; i < FLOOD; i++) {
        hole.pass(port);
      }
      assertThat(Alarms.warnings(server)).isBetween(1L, (long) MAX_WARNINGS);
    }
  }

  private static boolean isEvent(String line, String servlet) {
    return line.contains(Alarms.EVENT) && line.contains(servlet);
  }

  private static void awaitLine(ContainerServer server, String text) {
    var end = Instant.now().plus(AT_ONCE);
    while (Instant.now().isBefore(end) && !server.log().contains(text)) {
      ServerProcess.pause();
    }
    assertThat(server.log()).contains(text);
  }
}
