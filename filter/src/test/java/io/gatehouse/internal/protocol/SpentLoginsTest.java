package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.server.BoundedWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SpentLoginsTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = TestLogin.ring(clock, TestLogin.keys("material"));
  private final SpentLogins spent =
      new SpentLogins(TestLogin.LOGIN_TIMEOUT, new LocalMarkerStore(clock), clock);

  @Test
  @Tag("case-42")
  void givesTheRightToTheFirstOnly() {
    var login = ring.begin();
    assertThat(spent.take(login)).isPresent();
    assertThat(spent.take(login)).isEmpty();
    assertThat(spent.take(ring.begin())).isPresent();
  }

  @Test
  @Tag("case-87")
  void givesTheRightToTheFirstOfSeveralNodes() {
    var shared = new MarkerStoresOfNodes(new LocalMarkerStore(clock));
    var here = new SpentLogins(TestLogin.LOGIN_TIMEOUT, shared, clock);
    var there = new SpentLogins(TestLogin.LOGIN_TIMEOUT, shared, clock);
    var login = ring.begin();
    assertThat(here.take(login)).isPresent();
    assertThat(there.take(login)).isEmpty();
    assertThat(there.take(ring.begin())).isPresent();
    assertThat(there.awaitEnd(login, new BoundedWait(Duration.ofMillis(20), 1)))
        .as("nobody redeems it there")
        .isTrue();
  }

  @Test
  @Tag("case-87")
  void whileNodesCannotTellEachOtherTheServerItselfRefusesTheSecond() {
    var shared = new MarkerStoresOfNodes(new LocalMarkerStore(clock));
    shared.fail();
    var here = new SpentLogins(TestLogin.LOGIN_TIMEOUT, shared, clock);
    assertThat(here.take(ring.begin())).isPresent();
  }

  /** A callback may wait between its look at the time and this, while its claim is forgotten. */
  @Test
  @Tag("case-42")
  void givesNoRightToALoginThatHasExpired() {
    var login = ring.begin();
    clock.advance(TestLogin.LOGIN_TIMEOUT.minusMillis(1));
    assertThat(spent.take(ring.begin())).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(spent.take(login)).isEmpty();
  }

  @Test
  @Tag("case-42")
  void givesTheRightToOneOfManyWhoAskAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(16);
    try {
      for (var round = 0; round < 50; round++) {
        var login = ring.begin();
        var start = new CyclicBarrier(16);
        var takers = new ArrayList<Future<Boolean>>();
        for (var i = 0; i < 16; i++) {
          takers.add(
              threads.submit(
                  (Callable<Boolean>)
                      () -> {
                        start.await(1, TimeUnit.MINUTES);
                        return spent.take(login).isPresent();
                      }));
        }
        var winners = 0;
        for (var taker : takers) {
          winners += taker.get(1, TimeUnit.MINUTES) ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void knowsALoginByItsIdWhereverItWasOpened() {
    var login = ring.begin();
    assertThat(spent.take(login)).isPresent();
    var again = ring.openCookie(login.cookie("/", ""), "/").orElseThrow().login();
    assertThat(spent.take(again)).isEmpty();
  }

  @Test
  @Tag("case-83")
  void forgetsALoginThatCouldNoLongerBeCompleted() {
    var old = ring.begin();
    assertThat(spent.take(old)).isPresent();
    clock.advance(TestLogin.LOGIN_TIMEOUT.minusSeconds(1));
    assertThat(spent.take(ring.begin())).isPresent();
    assertThat(spent.take(old)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(spent.awaitEnd(old, new BoundedWait(Duration.ofMillis(20), 1))).isFalse();
    assertThat(spent.take(ring.begin())).isPresent();
    assertThat(spent.awaitEnd(old, new BoundedWait(Duration.ofMillis(20), 1)))
        .as("its claim is forgotten")
        .isTrue();
  }

  @Test
  @Tag("case-83")
  void holdsTenThousandAndForgetsTheOldestFirst() {
    var first = ring.begin();
    var second = ring.begin();
    assertThat(spent.take(first)).isPresent();
    assertThat(spent.take(second)).isPresent();
    for (var i = 0; i < 9_998; i++) {
      assertThat(spent.take(ring.begin())).isPresent();
    }
    assertThat(spent.take(first)).isEmpty();
    assertThat(spent.take(ring.begin())).isPresent();
    assertThat(spent.take(second)).isEmpty();
    assertThat(spent.take(first)).isPresent();
  }

  @Test
  @Tag("case-42")
  void waitsUntilTheFirstHasEnded() throws Exception {
    var login = ring.begin();
    var claim = spent.take(login).orElseThrow();
    var seen = new AtomicBoolean();
    var waiter =
        new Thread(
            () -> seen.set(spent.awaitEnd(login, new BoundedWait(Duration.ofSeconds(5), 1))));
    waiter.start();
    while (waiter.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    var other = CompletableFuture.supplyAsync(() -> spent.take(ring.begin()));
    assertThat(other.get(2, TimeUnit.SECONDS)).as("another login meanwhile").isPresent();
    claim.end();
    waiter.join(2_000);
    assertThat(waiter.isAlive()).isFalse();
    assertThat(seen).isTrue();
  }

  @Test
  void waitsNoLongerThanItsPatienceAndForNobodyNotAtAll() {
    var login = ring.begin();
    var before = System.nanoTime();
    assertThat(spent.awaitEnd(login, new BoundedWait(Duration.ofSeconds(5), 1))).isTrue();
    assertThat(spent.take(login)).isPresent();
    assertThat(spent.awaitEnd(login, new BoundedWait(Duration.ofMillis(20), 1))).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(20), Duration.ofSeconds(2));
  }
}
