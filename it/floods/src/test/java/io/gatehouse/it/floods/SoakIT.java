package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand users for half an hour, whose tokens are refreshed continuously. */
class SoakIT {
  private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
  private static final int SESSIONS = Integer.getInteger("soak.sessions", 5000);
  private static final int PAGES_A_SECOND = 150;
  private static final int PAGES_FOR_A_CHANGE = 75;
  private static final int CHANGES_FOR_ONE_FROM_OUTSIDE = 4;
  private static final int SAMPLES = 30;
  private static final Duration LIFE_OF_TOKENS = Duration.ofMinutes(2);
  private static final int MAX_GROWTH_KIB = 2048;
  // As many requests, and so threads and connections to the server, can be under way at one time.
  private static final int MAX_GROWTH = Flood.CONNECTIONS;

  @TempDir private Path directory;

  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final LongAdder pages = new LongAdder();
  private final LongAdder changes = new LongAdder();

  @Test
  @Tag("case-83")
  @Tag("case-86")
  void halfAnHourOfWorkLeavesNoMoreThanItsFirstMinutes() throws Exception {
    try (var server = FloodedServer.start(directory, LIFE_OF_TOKENS, Map.of())) {
      var seats =
          IntStream.range(0, SESSIONS)
              .mapToObj(it -> new Seat(server.site(), "user-" + it))
              .toList();
      var next = new AtomicInteger();
      new Flood(SESSIONS)
          .send(
              server.site().port(),
              () -> connection -> seats.get(next.getAndIncrement()).take(connection));
      var tokenCalls = server.approving().calls("/token");

      work(server, seats);

      var refreshes = server.approving().calls("/token") - tokenCalls - changes.sum();
      report(server, refreshes);
      assertThat(refreshes).isGreaterThan(1L * SESSIONS * MINUTES / 4);
      assertThat(samples)
          .hasSizeGreaterThanOrEqualTo(SAMPLES)
          .allSatisfy(
              it ->
                  assertThat(it.sessions())
                      .isBetween(
                          SESSIONS - Flood.CONNECTIONS * 1L, SESSIONS + Flood.CONNECTIONS * 1L));
      assertThat(Sample.growth(samples, Sample::heapKiB)).isLessThan(MAX_GROWTH_KIB);
      assertThat(Sample.growth(samples, Sample::threads)).isLessThanOrEqualTo(MAX_GROWTH);
      assertThat(Sample.growth(samples, Sample::openFiles)).isLessThanOrEqualTo(MAX_GROWTH);
    }
  }

  private void work(FloodedServer server, List<Seat> seats) throws InterruptedException {
    var begun = System.nanoTime();
    var interval = MINUTES * 60_000L / SAMPLES;
    var sampling = Executors.newSingleThreadScheduledExecutor();
    try {
      var scheduled =
          sampling.scheduleAtFixedRate(
              () -> samples.add(Sample.of((System.nanoTime() - begun) / 60e9, server)),
              0,
              interval,
              TimeUnit.MILLISECONDS);
      new Flood(60L * PAGES_A_SECOND * MINUTES, PAGES_A_SECOND)
          .send(server.site().port(), () -> connection -> visit(connection, seats));
      assertThat(scheduled.isDone()).as("sampling has failed").isFalse();
    } finally {
      sampling.shutdown();
      sampling.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void visit(Connection connection, List<Seat> seats) {
    var seat = seats.get(ThreadLocalRandom.current().nextInt(seats.size()));
    pages.increment();
    if (pages.sum() % PAGES_FOR_A_CHANGE != 0) {
      seat.look(connection);
      return;
    }
    changes.increment();
    if (changes.sum() % CHANGES_FOR_ONE_FROM_OUTSIDE == 0) {
      seat.changeFromOutside(connection);
    } else {
      seat.change(connection);
    }
  }

  private void report(FloodedServer server, long refreshes) {
    Figures.write(
        "machines",
        "- **Soak** on " + FloodedServer.kind(),
        "- **Soak** on %s; %d pages a second, tokens live %d s"
            .formatted(Figures.machine(), PAGES_A_SECOND, LIFE_OF_TOKENS.toSeconds()));
    Figures.write(
        "soak",
        "| " + FloodedServer.kind() + " |",
        String.format(
            Locale.ROOT,
            "| %s | %d | %,d | %,d | %,d | %,d | %,d KiB, %+.0f | %d, %+.1f | %d, %+.1f | %,d |",
            FloodedServer.kind(),
            MINUTES,
            SESSIONS,
            pages.sum(),
            refreshes,
            changes.sum(),
            samples.get(samples.size() / 2).heapKiB(),
            Sample.growth(samples, Sample::heapKiB),
            samples.get(samples.size() / 2).threads(),
            Sample.growth(samples, Sample::threads),
            samples.get(samples.size() / 2).openFiles(),
            Sample.growth(samples, Sample::openFiles),
            server.logged()));
    if (Figures.areWanted()) {
      new SoakPlot(samples).draw(Figures.directory().resolve("soak.svg"));
    }
  }
}
