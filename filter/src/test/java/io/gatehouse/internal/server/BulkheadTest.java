package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
@Tag("case-82")
class BulkheadTest {
  private static final int PLACES = 3;
  private static final Duration MEMORY = Duration.ofSeconds(30);
  private static final URI TOKEN = URI.create("https://server.example/token");
  private static final URI JWKS = URI.create("https://server.example/jwks");
  private static final ServerResponse ANSWER = new ServerResponse(200, new byte[0], Duration.ZERO);

  private final AdjustableClock clock = new AdjustableClock();
  private final Endpoints endpoints = new Endpoints();
  private final Bulkhead bulkhead =
      new Bulkhead(endpoints, PLACES, MEMORY, clock, new SecureRandom());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * An authorization server whose endpoints hang until they are released, and fail if a test says
   * so.
   */
  private static final class Endpoints implements ServerCalls {
    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore entered = new Semaphore(0);
    private final Map<URI, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<URI, Failure> failing = new ConcurrentHashMap<>();

    @Override
    public ServerResponse get(URI uri) throws LoginFailedException {
      calls.incrementAndGet();
      entered.release();
      var latch = hanging.get(uri);
      try {
        if (latch != null && !latch.await(1, TimeUnit.MINUTES)) {
          throw new AssertionError("nobody let it go");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      var failure = failing.get(uri);
      if (failure != null) {
        throw new LoginFailedException(failure, "no answer");
      }
      return ANSWER;
    }

    @Override
    public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
      return get(uri);
    }

    CountDownLatch hang(URI uri) {
      var latch = new CountDownLatch(1);
      hanging.put(uri, latch);
      return latch;
    }
  }

  @AfterEach
  void endThreads() {
    endpoints.hanging.values().forEach(CountDownLatch::countDown);
    threads.shutdownNow();
  }

  private Future<ServerResponse> callAside(URI uri) throws InterruptedException {
    endpoints.entered.drainPermits();
    var call = threads.submit((Callable<ServerResponse>) () -> bulkhead.post(uri, Map.of()));
    assertThat(endpoints.entered.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    return call;
  }

  private void occupy(URI uri) throws InterruptedException {
    assertThat(callAside(uri)).isNotDone();
  }

  private static void assertBusy(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.BUSY);
              assertThat(e.reason()).contains(reason);
              assertThat(e.retryAfter())
                  .hasValueSatisfying(
                      it -> assertThat(it).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4)));
            });
  }

  private void fail(URI uri, Failure failure) {
    endpoints.failing.put(uri, failure);
    assertThatThrownBy(() -> bulkhead.get(uri)).hasMessage("no answer");
  }

  @Test
  void whatFindsNoPlaceIsRefusedAtOnceWithoutACall() throws Exception {
    var letGo = endpoints.hang(TOKEN);
    for (var i = 0; i < PLACES - 1; i++) {
      occupy(TOKEN);
    }
    assertThat(bulkhead.get(JWKS)).as("by the last place").isSameAs(ANSWER);
    var last = callAside(TOKEN);
    assertBusy(() -> bulkhead.get(JWKS), "gatehouse.http.max-calls");
    assertBusy(() -> bulkhead.post(TOKEN, Map.of()), "gatehouse.http.max-calls");
    assertThat(endpoints.calls).hasValue(PLACES + 1);
    letGo.countDown();
    assertThat(last.get()).isSameAs(ANSWER);
  }

  @Test
  void aPlaceIsFreeAgainHoweverItsCallEnded() throws Exception {
    for (var failure : Failure.values()) {
      endpoints.failing.put(TOKEN, failure);
      for (var i = 0; i < PLACES + 1; i++) {
        assertThatThrownBy(() -> bulkhead.get(TOKEN)).hasMessage("no answer");
      }
    }
    endpoints.failing.clear();
    for (var i = 0; i < PLACES + 1; i++) {
      assertThat(bulkhead.get(TOKEN)).isSameAs(ANSWER);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatDidNotAnswerIsTriedByOneCallerAtATime(Failure failure) throws Exception {
    fail(TOKEN, failure);
    var letGo = endpoints.hang(TOKEN);
    var trying = callAside(TOKEN);
    assertBusy(() -> bulkhead.get(TOKEN), TOKEN + " did not answer");
    assertThat(bulkhead.get(JWKS)).as("another endpoint").isSameAs(ANSWER);
    endpoints.failing.clear();
    letGo.countDown();
    assertThat(trying.get()).isSameAs(ANSWER);
    endpoints.hang(TOKEN);
    occupy(TOKEN);
    occupy(TOKEN); // it has answered since
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatAnswersWhateverItSaysIsOpenToAll(Failure failure) throws Exception {
    fail(TOKEN, failure);
    endpoints.hang(TOKEN);
    occupy(TOKEN);
    occupy(TOKEN);
  }

  /** As over a connection that a NAT has forgotten: the call fails at its deadline. */
  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatHasAnsweredSinceACallBeganIsOpenToAllThoughThatCallFails(Failure failure)
      throws Exception {
    var letGo = endpoints.hang(TOKEN);
    var old = callAside(TOKEN);
    endpoints.hanging.remove(TOKEN);
    assertThat(bulkhead.post(TOKEN, Map.of())).isSameAs(ANSWER);
    endpoints.failing.put(TOKEN, failure);
    letGo.countDown();
    assertThatThrownBy(old::get).hasRootCauseMessage("no answer");
    endpoints.failing.clear();
    endpoints.hang(TOKEN);
    occupy(TOKEN);
    occupy(TOKEN);
  }

  @Test
  void theFailureOfOneEndpointDoesNotExcuseAnother() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    fail(JWKS, Failure.UNAVAILABLE);
    endpoints.hang(TOKEN);
    occupy(TOKEN);
    assertBusy(() -> bulkhead.get(TOKEN), "another caller is trying it");
  }

  @Test
  void theNextTriesItWhenTheOneWhoTriedHasFailed() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    fail(TOKEN, Failure.UNAVAILABLE);
    endpoints.failing.clear();
    assertThat(bulkhead.get(TOKEN)).isSameAs(ANSWER);
  }

  @Test
  void whatAnEndpointDidLongAgoDoesNotCount() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    endpoints.failing.clear();
    endpoints.hang(TOKEN);
    clock.advance(MEMORY.minusMillis(1));
    occupy(TOKEN);
    assertBusy(() -> bulkhead.get(TOKEN), "another caller is trying it");
    clock.advance(Duration.ofMillis(1));
    occupy(TOKEN);
  }

  @Test
  @Tag("case-86")
  void thoseWhoAreRefusedTogetherAreNotToldToComeBackTogether() throws Exception {
    endpoints.hang(TOKEN);
    for (var i = 0; i < PLACES; i++) {
      occupy(TOKEN);
    }
    var waits = new HashSet<Duration>();
    for (var i = 0; i < 200; i++) {
      try {
        bulkhead.get(TOKEN);
      } catch (LoginFailedException e) {
        waits.add(e.retryAfter().orElseThrow());
      }
    }
    assertThat(waits).hasSizeGreaterThan(2);
  }
}
