package io.gatehouse.it.floods;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Connection;
import io.gatehouse.it.servers.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An authorization server that accepts requests and never answers: other users do not wait for it.
 */
class HangIT {
  private static final int VISITORS = 40;
  private static final int MAX_CALLS = 12;
  private static final int TURNS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration PHASE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofMillis(500);
  private static final double MAX_SLOWER = 1.1;

  @TempDir private static Path directory;

  private static FloodedServer server;

  private final Waits quietUser = new Waits();
  private final Waits quietStranger = new Waits();
  private final Waits user = new Waits();
  private final Waits stranger = new Waits();
  private final Waits refused = new Waits();

  @BeforeAll
  static void start() {
    server =
        FloodedServer.start(
            directory,
            Duration.ofDays(1),
            Map.of("gatehouse.http.timeout", TIMEOUT.toSeconds() + "s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("case-82")
  void pagesThatNeedNoServerAreNotSlowerWhileItHangs() throws Exception {
    var threads = Executors.newFixedThreadPool(VISITORS);
    try (var connection = new Connection(server.site().port())) {
      var session = server.site().logIn(connection, "looker-on");
      look(session, new Waits(), new Waits());
      for (int turn = 0; turn < TURNS; turn++) {
        look(session, quietUser, quietStranger);
        server.approving().hang();
        var visits = logIns(threads);
        look(session, user, stranger);
        for (var visit : visits) {
          refused.add(visit.get());
        }
        server.approving().recover();
        awaitLogIn();
      }
    } finally {
      threads.shutdownNow();
    }
    Figures.write("hang", "| " + FloodedServer.kind() + " |", line());

    // Those that were given up too: first a few more than were answered, then one after the other.
    var tries = (int) PHASE.dividedBy(TIMEOUT);
    assertThat(server.approving().mostAtOnce()).isBetween(MAX_CALLS / 6, MAX_CALLS + tries);
    assertThat(refused.millis(0.5)).isLessThan((double) AT_ONCE.toMillis());
    // A wait for a place, and a call.
    var longest = TIMEOUT.multipliedBy(2).plusSeconds(1);
    assertThat(refused.millis(1)).isLessThan((double) longest.toMillis());
    assertThat(user.millis(0.5)).isLessThanOrEqualTo(MAX_SLOWER * quietUser.millis(0.5));
    assertThat(stranger.millis(0.5)).isLessThanOrEqualTo(MAX_SLOWER * quietStranger.millis(0.5));
  }

  private static void look(String session, Waits ofUser, Waits ofStranger) {
    var site = server.site();
    try (var user = Prober.start(site, session);
        var stranger = Prober.startAsking(site, site.get("/open/who", ""))) {
      ServerProcess.pauseUntil(Instant.now().plus(PHASE));
      ofUser.add(user.end());
      ofStranger.add(stranger.end());
    }
  }

  private static List<Future<List<Long>>> logIns(ExecutorService threads) {
    var end = Instant.now().plus(PHASE.minus(TIMEOUT));
    var visits = new ArrayList<Future<List<Long>>>();
    for (int visitor = 0; visitor < VISITORS; visitor++) {
      visits.add(threads.submit((Callable<List<Long>>) () -> refusedUntil(end)));
    }
    return visits;
  }

  /** Comes back from the authorization server repeatedly, each time to a page with 503. */
  private static List<Long> refusedUntil(Instant end) throws InterruptedException {
    var site = server.site();
    var waits = new ArrayList<Long>();
    try (var connection = new Connection(site.port())) {
      while (Instant.now().isBefore(end)) {
        var begun = site.begin(connection);
        var back = site.server().approve(begun.authorizationRequest(), "somebody").getRawQuery();
        var start = System.nanoTime();
        var answer = connection.send(site.get("/gatehouse/callback?" + back, begun.cookies()));
        waits.add(System.nanoTime() - start);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        TimeUnit.SECONDS.sleep(1);
      }
    }
    return waits;
  }

  /**
   * Waits until a login succeeds, a moment after the authorization server has recovered at the
   * latest.
   */
  private static void awaitLogIn() {
    var end = Instant.now().plus(TIMEOUT.multipliedBy(2));
    while (true) {
      try (var connection = new Connection(server.site().port())) {
        server.site().logIn(connection, "looker-on");
        return;
      } catch (IllegalStateException stillTried) {
        assertThat(Instant.now()).isBefore(end);
        ServerProcess.pause();
      }
    }
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %d, every second | %d | %.0f / %.0f | %.2f / %.1f | %.2f / %.1f | %.2f / %.1f | %.2f / %.1f |",
        FloodedServer.kind(),
        VISITORS,
        server.approving().mostAtOnce(),
        refused.millis(0.5),
        refused.millis(1),
        quietUser.millis(0.5),
        quietUser.millis(0.99),
        user.millis(0.5),
        user.millis(0.99),
        quietStranger.millis(0.5),
        quietStranger.millis(0.99),
        stranger.millis(0.5),
        stranger.millis(0.99));
  }
}
