package io.gatehouse.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
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

/**
 * Fifty simultaneous requests of one session, at the moment when its tokens have to be refreshed.
 */
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
        var before = approving.calls("/token");
        var usual = burstAfterAnother(threads, server, page);
        assertThat(approving.calls("/token") - before).as("calls while it is new").isZero();
        ServerProcess.pauseUntil(received.plus(DUE));
        var took = burstAfterAnother(threads, server, page);
        assertThat(approving.calls("/token") - before).as("calls when it is due").isEqualTo(1);
        usual.subList(0, AT_ONCE - 1).forEach(quiet::add);
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
            "| requests at once | calls to the server | quiet, all but the slowest: half / 99 % within ms | renewal, all but the slowest: half / 99 % within ms | 99 %, beside quiet | the slowest: half / all within ms |",
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

  // Renewals too, of many sessions: or each of those that are measured would be the code's first.
  private void warmUp(ExecutorService threads, LoadedServer server) throws Exception {
    var pages = new ArrayList<String>();
    var received = Instant.now();
    for (int i = 0; i < WARM_UP; i++) {
      pages.add(page(server));
    }
    ServerProcess.pauseUntil(received.plus(DUE));
    for (var page : pages) {
      try (var connection = new Connection(server.port())) {
        connection.send(page);
      }
    }
    var end = Instant.now().plus(Scale.seconds(20));
    while (Instant.now().isBefore(end)) {
      var page = page(server);
      for (int i = 0; i < 100; i++) {
        burst(threads, page);
      }
    }
  }

  // So that both sides are as awake for the one as for the other.
  private List<Long> burstAfterAnother(ExecutorService threads, LoadedServer server, String request)
      throws Exception {
    burst(threads, server.get("/control/sessions", ""));
    return burst(threads, request);
  }

  /**
   * Sends all requests at once, and returns the duration of each, in nanoseconds, the slowest last.
   */
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
