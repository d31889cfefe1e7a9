package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A flood and its cost, measured from outside on the server before, during and after the flood, and
 * by the waiting time of a logged-in user.
 *
 * @param took the duration of the flood, without the pauses
 * @param processorTime that the server took for one request, including the requests of its user
 * @param grown the growth of the heap in KiB, after garbage collection
 * @param sessions the number of additional sessions
 * @param calls the number of calls of the authorization server
 * @param logged the number of logged bytes
 */
record Measured(
    Duration took,
    Duration withPauses,
    Duration processorTime,
    long grown,
    long sessions,
    long calls,
    long logged,
    Waits quiet,
    Waits flooded) {
  private static final long WARM_UP = 20_000;
  private static final long MAX_GROWTH_KIB = 1024;
  private static final double MAX_SLOWER = 3;
  private static final long LINES_AT_ONCE = 200;
  private static final long LINES_A_SECOND = 2; // one, and one that says how many were left out
  private static final long MAX_BYTES_OF_A_LINE = 400;
  // Quiet and flood take turns, so that what else the machine does falls on both alike.
  private static final int TURNS = 10;
  private static final Duration QUIET =
      Duration.ofSeconds(Integer.getInteger("floods.quiet", 60)).dividedBy(TURNS);

  /** Sends a flood and measures it, after a shorter one that warms both sides up. */
  static Measured of(
      FloodedServer server, String name, long requests, Supplier<Flood.Visitor> visitors) {
    var site = server.site();
    var heap = server.heap();
    var session = session(site);
    try (var warming = Prober.start(site, session)) {
      new Flood(WARM_UP).send(site.port(), visitors);
      warming.end();
    }
    var sessionsBefore = heap.sessions();
    var usedBefore = heap.usedKiB();

    var callsBefore = server.approving().calls();
    var loggedBefore = server.logged();
    var begun = Instant.now();
    var took = Duration.ZERO;
    var processorTime = Duration.ZERO;
    var quiet = new Waits();
    var flooded = new Waits();
    for (int turn = 0; turn < TURNS; turn++) {
      try (var prober = Prober.start(site, session)) {
        ServerProcess.pauseUntil(Instant.now().plus(QUIET));
        quiet.add(prober.end());
      }
      var usedProcessor = server.processorTime();
      try (var prober = Prober.start(site, session)) {
        took = took.plus(new Flood(requests / TURNS).send(site.port(), visitors));
        flooded.add(prober.end());
      }
      processorTime = processorTime.plus(server.processorTime().minus(usedProcessor));
    }
    var measured =
        new Measured(
            took,
            Duration.between(begun, Instant.now()),
            processorTime.dividedBy(Math.max(1, requests)),
            heap.usedKiB() - usedBefore,
            heap.sessions() - sessionsBefore,
            server.approving().calls() - callsBefore,
            server.logged() - loggedBefore,
            quiet,
            flooded);
    Figures.write(
        "floods",
        "| %s | %s |".formatted(FloodedServer.kind(), name),
        measured.line(name, requests, usedBefore));
    return measured;
  }

  private static String session(Site site) {
    try (var connection = new Connection(site.port())) {
      return site.logIn(connection, "looker-on");
    }
  }

  private String line(String name, long requests, long usedBefore) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %d | %,d | %,d KiB, %+,d | %d | %d | %d µs | %.1f / %.1f | %.1f / %.1f | %,d |",
        FloodedServer.kind(),
        name,
        requests,
        took.toSeconds(),
        requests * 1000 / Math.max(1, took.toMillis()),
        usedBefore,
        grown,
        sessions,
        calls,
        processorTime.toNanos() / 1000,
        quiet.millis(0.5),
        quiet.millis(0.99),
        flooded.millis(0.5),
        flooded.millis(0.99),
        logged);
  }

  /**
   * Verifies that the flood left nothing behind, and that users waited hardly longer than in quiet.
   */
  void assertCheap() {
    assertThat(sessions).as("sessions").isLessThanOrEqualTo(0);
    assertThat(grown).as("KiB of heap").isLessThan(MAX_GROWTH_KIB);
    assertThat(flooded.millis(0.99))
        .as("ms that a user waits")
        .isLessThanOrEqualTo(MAX_SLOWER * quiet.millis(0.99));
  }

  /** Verifies that the flood does not fill the disk. */
  void assertLogIsBounded() {
    var lines = LINES_AT_ONCE + LINES_A_SECOND * (withPauses.toSeconds() + 1);
    assertThat(logged).as("bytes of log").isLessThan(lines * MAX_BYTES_OF_A_LINE);
  }
}
