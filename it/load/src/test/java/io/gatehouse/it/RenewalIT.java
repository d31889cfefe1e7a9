package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty requests of one session at once, at the moment when its tokens have to be renewed. */
class RenewalIT {
  private static final int AT_ONCE = 50;
  private static final int BURSTS = Scale.times(20);
  private static final int WARM_UP = Scale.times(400);

  // Renewed after half of it at the latest, while the token still serves.
  private static final Duration LIFE = Duration.ofSeconds(6);
  private static final Duration DUE = Duration.ofMillis(3200);

  @TempDir private Path directory;

  private final List<Connection> connections = new ArrayList<>();

  @BeforeAll
  static void takeCore() {
    Cores.find().takeGenerators();
  }

  @Test
  void oneOfFiftyRenewsAndTheOthersGoOn() throws Exception {
    var quiet = new Latencies();
    var others = new Latencies();
    var renewing = new Latencies();
    var threads = Executors.newFixedThreadPool(AT_ONCE);
    try (var approving = ApprovingServer.start(LIFE);
        var server = LoadedServer.start(directory, Variant.GATEHOUSE, approving, List.of())) {
      for (int i = 0; i < AT_ONCE; i++) {
        connections.add(new Connection(server.port()));
      }
      warmUp(threads, server);
      for (int i = 0; i < BURSTS; i++) {
        var page = page(server);
        var received = Instant.now();
        burst(threads, page); // the connections, once more
        var before = approving.calls("/token");
        burst(threads, page).forEach(quiet::add);
        assertThat(approving.calls("/token") - before).as("calls while it is new").isZero();

        ServerProcess.pauseUntil(received.plus(DUE));
        var took = burst(threads, page);
        assertThat(approving.calls("/token") - before).as("calls when it is due").isEqualTo(1);
        took.subList(0, AT_ONCE - 1).forEach(others::add);
        renewing.add(took.get(AT_ONCE - 1));
      }
    } finally {
      threads.shutdownNow();
      connections.forEach(Connection::close);
    }
    Report.write(
        "renewal",
        List.of(
            "| requests at once | calls to the server | quiet: half / 99 % within ms | renewal, all but the slowest: half / 99 % within ms | 99 %, beside quiet | the slowest: half / all within ms |",
            "|---|---|---|---|---|---|",
            String.format(
                Locale.ROOT,
                "| %d, %d times | 1 | %.2f / %.2f | %.2f / %.2f | %.2f | %.2f / %.2f |",
                AT_ONCE,
                BURSTS,
                quiet.millis(0.5),
                quiet.millis(0.99),
                others.millis(0.5),
                others.millis(0.99),
                others.millis(0.99) / quiet.millis(0.99),
                renewing.millis(0.5),
                renewing.millis(1))));
  }

  private static String page(LoadedServer server) {
    try (var connection = new Connection(server.port())) {
      var visitor = new Visitor(server, connection);
      visitor.logIn("one");
      return visitor.page();
    }
  }

  private void warmUp(ExecutorService threads, LoadedServer server) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      if (i % 10 == 0) {
        page(server);
      }
      burst(threads, server.get("/control/sessions", ""));
    }
    var end = Instant.now().plus(Scale.seconds(20));
    while (Instant.now().isBefore(end)) { // with renewals
      var page = page(server);
      for (int i = 0; i < 200; i++) {
        burst(threads, page);
      }
    }
  }

  /** All at once; what each took, in nanoseconds, the slowest last. */
  private List<Long> burst(ExecutorService threads, String request) throws Exception {
    var start = new CyclicBarrier(AT_ONCE);
    var asks = new ArrayList<Callable<Long>>();
    for (var connection : connections) {
      asks.add(
          () -> {
            start.await();
            var asked = System.nanoTime();
            assertThat(connection.send(request).status()).isEqualTo(200);
            return System.nanoTime() - asked;
          });
    }
    var took = new ArrayList<Long>();
    for (var answer : threads.invokeAll(asks)) {
      took.add(answer.get());
    }
    took.sort(null);
    return took;
  }
}
