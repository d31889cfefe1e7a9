package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class FetchedTest {
  private static final int PLACES = 40;
  private static final BoundedWait PATIENCE = new BoundedWait(Duration.ofSeconds(5), PLACES);
  private static final Duration A_LITTLE = Duration.ofMillis(1);

  private final AdjustableClock clock = new AdjustableClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean down;
  private final Fetched<String> fetched = new Fetched<>(this::fetch, clock, PATIENCE);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private String fetch() throws LoginFailedException {
    var count = fetches.incrementAndGet();
    if (down) {
      throw new LoginFailedException(Failure.UNAVAILABLE, "connection refused");
    }
    return "value " + count;
  }

  /** Creates a value whose fetch reports its beginning, and ends when it is released. */
  private Fetched<String> slow(
      CountDownLatch entered, CountDownLatch release, BoundedWait boundedWait) {
    return new Fetched<>(
        () -> {
          entered.countDown();
          await(release);
          return fetch();
        },
        clock,
        boundedWait);
  }

  private void assertUnavailable() {
    assertThatThrownBy(fetched::get)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  @Test
  void fetchesNothingBeforeItIsAsked() {
    assertThat(fetches).hasValue(0);
  }

  @Test
  void keepsAValueForAnHourAndThenRenewsIt() throws LoginFailedException {
    assertThat(fetched.get()).isEqualTo("value 1");
    clock.advance(Fetched.FRESH.minus(A_LITTLE));
    assertThat(fetched.get()).isEqualTo("value 1");
    clock.advance(A_LITTLE);
    assertThat(fetched.get()).isEqualTo("value 2");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void letsOthersRenewItAfterOneHasDoneSo() throws Exception {
    assertThat(fetched.get()).isEqualTo("value 1");
    for (int i = 2; i < 5; i++) {
      clock.advance(Fetched.FRESH);
      assertThat(threads.submit((Callable<String>) fetched::get).get(1, TimeUnit.MINUTES))
          .isEqualTo("value " + i);
    }
    clock.advance(Fetched.FRESH);
    assertThat(fetched.get()).isEqualTo("value 5");
  }

  @Test
  void fetchesOnceForAllWhoAskAtOnce() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var slow = slow(entered, release, PATIENCE);
    var answers = new ArrayList<Future<String>>();
    for (var i = 0; i < 30; i++) {
      answers.add(threads.submit((Callable<String>) slow::get));
    }
    await(entered);
    release.countDown();
    for (var answer : answers) {
      assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo("value 1");
    }
    assertThat(fetches).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobodyWaitsForARenewal() throws Exception {
    var calls = new AtomicInteger();
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var slow =
        new Fetched<>(
            () -> {
              if (calls.incrementAndGet() == 2) {
                entered.countDown();
                await(release);
              }
              return "value " + calls.get();
            },
            clock,
            PATIENCE);
    assertThat(slow.get()).isEqualTo("value 1");
    clock.advance(Fetched.FRESH);
    var renewing = threads.submit((Callable<String>) slow::get);
    await(entered);
    assertThat(slow.get()).isEqualTo("value 1");
    release.countDown();
    assertThat(renewing.get(1, TimeUnit.MINUTES)).isEqualTo("value 2");
  }

  @Test
  @Tag("case-82")
  void waitsForAnotherCallersFetchNoLongerThanItsPatience() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var stuck =
        new Fetched<>(
            () -> {
              entered.countDown();
              await(release);
              return "value";
            },
            clock,
            new BoundedWait(Duration.ofMillis(20), 1));
    var first = threads.submit((Callable<String>) stuck::get);
    await(entered);
    assertThatThrownBy(stuck::get)
        .isInstanceOf(LoginFailedException.class)
        .hasMessage("the server has not answered another request yet");
    release.countDown();
    assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo("value");
  }

  @Test
  void anInterruptedWaiterStaysInterrupted() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var slow =
        new Fetched<>(
            () -> {
              entered.countDown();
              await(release);
              return "value";
            },
            clock,
            PATIENCE);
    var first = threads.submit((Callable<String>) slow::get);
    await(entered);
    Thread.currentThread().interrupt();
    assertThatThrownBy(slow::get).isInstanceOf(LoginFailedException.class);
    assertThat(Thread.interrupted()).isTrue();
    release.countDown();
    assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo("value");
  }

  @Test
  @Tag("case-82")
  void nobodyWaitsWhileAServerThatWasDownIsTriedAgain() throws Exception {
    var calls = new AtomicInteger();
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var hanging =
        new Fetched<>(
            () -> {
              if (calls.incrementAndGet() == 2) {
                entered.countDown();
                await(release);
                return "value";
              }
              throw new LoginFailedException(Failure.UNAVAILABLE, "connection refused");
            },
            clock,
            PATIENCE);
    assertThatThrownBy(hanging::get).isInstanceOf(LoginFailedException.class);
    clock.advance(Fetched.PAUSE_AFTER_FAILURE);
    var trying = threads.submit((Callable<String>) hanging::get);
    await(entered);
    assertThatThrownBy(hanging::get)
        .isInstanceOf(LoginFailedException.class)
        .hasMessage("as before: connection refused");
    release.countDown();
    assertThat(trying.get(1, TimeUnit.MINUTES)).isEqualTo("value");
    assertThat(hanging.get()).isEqualTo("value");
  }

  @Test
  @Tag("case-78")
  @Tag("case-84")
  void asksNotAgainWithinFiveSecondsOfAFailureAndThenRecovers() throws LoginFailedException {
    down = true;
    assertUnavailable();
    assertThatThrownBy(fetched::get)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.retryAfter()).hasValue(Fetched.PAUSE_AFTER_FAILURE.plusSeconds(1)));
    clock.advance(Fetched.PAUSE_AFTER_FAILURE.minus(A_LITTLE));
    assertThatThrownBy(fetched::get)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE);
              assertThat(e.reason()).isEqualTo("as before: connection refused");
              assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(1));
            });
    assertThat(fetches).hasValue(1);
    down = false;
    clock.advance(A_LITTLE);
    assertThat(fetched.get()).isEqualTo("value 2");
  }

  @Test
  @Tag("case-86")
  void servesTheOldValueWhileTheServerIsDownForADay() throws LoginFailedException {
    assertThat(fetched.get()).isEqualTo("value 1");
    down = true;
    clock.advance(Fetched.FRESH);
    assertThat(fetched.get()).isEqualTo("value 1");
    assertThat(fetched.get()).isEqualTo("value 1");
    assertThat(fetches).as("the failure pause holds for renewals too").hasValue(2);
    clock.advance(Fetched.MAX_AGE.minus(Fetched.FRESH).minus(A_LITTLE));
    assertThat(fetched.get()).isEqualTo("value 1");
    clock.advance(A_LITTLE);
    assertUnavailable();
  }

  @Test
  @Tag("case-86")
  void renewsTheOldValueWhenTheServerIsBack() throws LoginFailedException {
    assertThat(fetched.get()).isEqualTo("value 1");
    down = true;
    clock.advance(Fetched.FRESH);
    assertThat(fetched.get()).isEqualTo("value 1");
    down = false;
    clock.advance(Fetched.PAUSE_AFTER_FAILURE);
    assertThat(fetched.get()).isEqualTo("value 3");
  }

  @Test
  @Tag("case-81")
  void renewsAnUnfitValueAtMostOnceAMinute() throws LoginFailedException {
    var first = fetched.get();
    var second = fetched.newerThan(first, JwtSource.LOGOUT_TOKEN).orElseThrow();
    assertThat(second).isEqualTo("value 2");
    for (var i = 0; i < 100; i++) {
      assertThat(fetched.newerThan(second, JwtSource.LOGOUT_TOKEN)).isEmpty();
    }
    clock.advance(JwtSource.LOGOUT_TOKEN.pause().minus(A_LITTLE));
    assertThat(fetched.newerThan(second, JwtSource.LOGOUT_TOKEN)).isEmpty();
    clock.advance(A_LITTLE);
    assertThat(fetched.newerThan(second, JwtSource.LOGOUT_TOKEN)).hasValue("value 3");
    assertThat(fetches).hasValue(3);
  }

  @Test
  void givesTheNewerValueThatAnotherCallerFetched() throws LoginFailedException {
    var first = fetched.get();
    var second = fetched.newerThan(first, JwtSource.LOGOUT_TOKEN);
    assertThat(fetched.newerThan(first, JwtSource.LOGOUT_TOKEN))
        .isEqualTo(second)
        .hasValue("value 2");
    assertThat(fetches).hasValue(2);
  }

  @Test
  @Tag("case-81")
  void aFailedRenewalCountsAsOneAndKeepsTheOldValue() throws Exception {
    var first = fetched.get();
    down = true;
    assertThatThrownBy(() -> fetched.newerThan(first, JwtSource.LOGOUT_TOKEN))
        .isInstanceOf(LoginFailedException.class);
    assertThat(fetched.newerThan(first, JwtSource.LOGOUT_TOKEN)).isEmpty();
    assertThat(fetched.get()).isEqualTo(first);
    assertThat(fetches).hasValue(2);
    assertThat(
            threads
                .submit(() -> fetched.newerThan(first, JwtSource.LOGOUT_TOKEN))
                .get(9, TimeUnit.SECONDS))
        .as("by another caller")
        .isEmpty();
  }

  @Test
  @Tag("case-82")
  void onlyTheCallersWithAPlaceWaitLongForAFetch() throws Exception {
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var boundedWait = new BoundedWait(Duration.ofSeconds(5), 1);
    var slow = slow(entered, release, boundedWait);
    var calling = threads.submit((Callable<String>) slow::get);
    await(entered);
    var refused = new AtomicInteger();
    var tries = new ArrayList<Future<String>>();
    for (var i = 0; i < 10; i++) {
      tries.add(threads.submit(() -> valueOrRefusal(slow, refused)));
    }
    while (refused.get() < 9) {
      Thread.onSpinWait();
    }
    release.countDown();
    assertThat(calling.get()).isEqualTo("value 1");
    for (var one : tries) {
      one.get();
    }
    assertThat(refused).as("all but the one that had the place").hasValue(9);
  }

  private static String valueOrRefusal(Fetched<String> fetched, AtomicInteger refused)
      throws LoginFailedException {
    try {
      return fetched.get();
    } catch (LoginFailedException e) {
      assertThat(e.failure()).isEqualTo(Failure.BUSY);
      assertThat(e.retryAfter()).isPresent();
      refused.incrementAndGet();
      return "";
    }
  }

  @Test
  @Tag("case-82")
  void aCallThatFoundNoPlaceIsNoFailureOfTheServer() throws LoginFailedException {
    var full = new AtomicInteger(1);
    var crowded =
        new Fetched<>(
            () -> {
              if (full.getAndDecrement() > 0) {
                throw new LoginFailedException(Failure.BUSY, "no place");
              }
              return fetch();
            },
            clock,
            PATIENCE);
    assertThatThrownBy(crowded::get).hasMessage("no place");
    var first = crowded.get();
    full.set(1);
    assertThatThrownBy(() -> crowded.newerThan(first, JwtSource.LOGOUT_TOKEN))
        .hasMessage("no place");
    assertThat(crowded.newerThan(first, JwtSource.LOGOUT_TOKEN))
        .as("at once, not after a minute")
        .hasValue("value 2");
  }

  /** A clock that was three hours ahead, as a server's may be before it finds its time server. */
  private void setTheClockBack() {
    clock.advance(Duration.ofHours(-3));
  }

  @Test
  void thePauseAfterAFailureEndsWithAClockThatIsPutRight() throws LoginFailedException {
    down = true;
    assertUnavailable();
    down = false;
    setTheClockBack();
    assertThat(fetched.get()).isEqualTo("value 2");
  }

  @Test
  void thePauseBetweenRenewalsEndsWithAClockThatIsPutRight() throws LoginFailedException {
    var first = fetched.get();
    var second = fetched.newerThan(first, JwtSource.LOGOUT_TOKEN).orElseThrow();
    setTheClockBack();
    assertThat(fetched.newerThan(second, JwtSource.LOGOUT_TOKEN)).hasValue("value 3");
  }

  @Test
  void aValueFromTheFutureIsRenewedButKeptWhileTheServerIsDown() throws LoginFailedException {
    assertThat(fetched.get()).isEqualTo("value 1");
    setTheClockBack();
    assertThat(fetched.isFresh()).isFalse();
    assertThat(fetched.age()).hasValue(Duration.ZERO);
    down = true;
    assertThat(fetched.get()).isEqualTo("value 1");
    down = false;
    clock.advance(Fetched.PAUSE_AFTER_FAILURE);
    assertThat(fetched.get()).isEqualTo("value 3");
    assertThat(fetched.get()).isEqualTo("value 3");
  }
}
