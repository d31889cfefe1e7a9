package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final int PLACES = 6;
  private static final int KEPT = 2; // for each crowd
  private static final int UNTRIED = 2;
  private static final Duration NO_PATIENCE = Duration.ofMillis(20);
  private static final Duration MEMORY = Duration.ofSeconds(30);
  private static final URI TOKEN = URI.create("https://server.example/token");
  private static final URI JWKS = URI.create("https://server.example/jwks");
  private static final ServerResponse ANSWER = new ServerResponse(200, new byte[0], Duration.ZERO);

  private final AdjustableClock clock = new AdjustableClock();
  private final Endpoints endpoints = new Endpoints();
  private final Bulkhead bulkhead =
      new Bulkhead(endpoints, PLACES, NO_PATIENCE, MEMORY, clock, new SecureRandom());
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

  private ServerResponse call(CallKind kind, URI uri) throws LoginFailedException {
    return bulkhead.of(kind).post(uri, Map.of());
  }

  private Future<ServerResponse> callAside(CallKind kind, URI uri) throws InterruptedException {
    endpoints.entered.drainPermits();
    var call = threads.submit((Callable<ServerResponse>) () -> call(kind, uri));
    assertThat(endpoints.entered.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    return call;
  }

  private void occupy(CallKind kind) throws InterruptedException {
    assertThat(callAside(kind, TOKEN)).isNotDone();
  }

  private void occupy(CallKind kind, int places) throws InterruptedException {
    for (var i = 0; i < places; i++) {
      occupy(kind);
    }
  }

  private void answerOften() throws LoginFailedException {
    for (var i = 0; i < PLACES; i++) {
      assertThat(call(CallKind.LOGIN, TOKEN)).isSameAs(ANSWER);
    }
  }

  private void assertBusy(CallKind kind, String reason) {
    assertBusy(() -> call(kind, TOKEN), reason);
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
    assertThatThrownBy(() -> call(CallKind.LOGIN, uri)).hasMessage("no answer");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIN", "SESSION"})
  void aCrowdLeavesThePlacesThatAreKeptForTheOther(CallKind crowd) throws Exception {
    var other = crowd == CallKind.LOGIN ? CallKind.SESSION : CallKind.LOGIN;
    answerOften();
    endpoints.hang(TOKEN);
    occupy(crowd, PLACES - KEPT);
    var calls = endpoints.calls.get();
    assertBusy(crowd, "gatehouse.http.max-calls");
    assertThat(endpoints.calls).hasValue(calls);
    occupy(other, KEPT);
    assertBusy(other, "gatehouse.http.max-calls");
  }

  @Test
  void pushedRequestsLeaveBothCrowdsTheirPlaces() throws Exception {
    answerOften();
    endpoints.hang(TOKEN);
    occupy(CallKind.PUSH, KEPT);
    assertBusy(CallKind.PUSH, "gatehouse.http.max-calls");
    occupy(CallKind.LOGIN, KEPT);
    assertBusy(CallKind.LOGIN, "gatehouse.http.max-calls");
    occupy(CallKind.SESSION, 1);
    occupy(CallKind.SESSION_AHEAD, KEPT - 1);
    assertBusy(CallKind.SESSION, "gatehouse.http.max-calls");
    assertThat(bulkhead.inUse()).isEqualTo(PLACES);
  }

  @Test
  void documentsAreFetchedWhileAllPlacesAreTaken() throws Exception {
    answerOften();
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, PLACES - KEPT);
    occupy(CallKind.SESSION, KEPT);
    assertThat(bulkhead.of(CallKind.DOCUMENT).get(JWKS)).isSameAs(ANSWER);
  }

  @Test
  void anEndpointGetsAFewMoreCallsThanItHasAnsweredLately() throws Exception {
    assertThat(call(CallKind.LOGIN, TOKEN)).isSameAs(ANSWER);
    var letGo = endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, UNTRIED);
    var last = callAside(CallKind.LOGIN, TOKEN);
    assertBusy(CallKind.LOGIN, TOKEN + " answers");
    endpoints.hanging.remove(TOKEN);
    letGo.countDown();
    assertThat(last.get()).isSameAs(ANSWER);
    while (bulkhead.inUse() > 0) {
      Thread.onSpinWait();
    }
    clock.advance(Duration.ofSeconds(10));
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, UNTRIED);
    assertBusy(CallKind.LOGIN, TOKEN + " answers");
    assertThat(bulkhead.inUse()).isEqualTo(UNTRIED);
  }

  private Bulkhead patient(int places) {
    return new Bulkhead(
        endpoints, places, Duration.ofMinutes(1), MEMORY, clock, new SecureRandom());
  }

  private Thread waiting(Bulkhead patient, CallKind kind, List<Object> outcomes)
      throws InterruptedException {
    var thread =
        new Thread(
            () -> {
              try {
                outcomes.add(patient.of(kind).post(TOKEN, Map.of()));
              } catch (LoginFailedException e) {
                outcomes.add(e.failure());
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return thread;
  }

  @ParameterizedTest
  @EnumSource(names = {"LOGIN", "SESSION"})
  void aCallerWaitsForAPlaceWithABoundedNumberOfOthers(CallKind kind) throws Exception {
    var patient = patient(1);
    var letGo = endpoints.hang(TOKEN);
    var outcomes = new CopyOnWriteArrayList<Object>();
    var waiting = new ArrayList<Thread>();
    for (var i = 0; i < 5; i++) { // one calls, four wait
      waiting.add(waiting(patient, kind, outcomes));
    }
    assertTimeout(
        Duration.ofSeconds(2),
        () -> assertBusy(() -> patient.of(kind).post(TOKEN, Map.of()), "max-calls"));
    letGo.countDown();
    for (var one : waiting) {
      one.join();
    }
    assertThat(outcomes).hasSize(5).containsOnly(ANSWER);
  }

  @Test
  void aCallerWaitsForABoundedTime() throws Exception {
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, UNTRIED);
    assertBusy(CallKind.LOGIN, TOKEN + " answers");
  }

  @Test
  void aCallerDoesNotWaitForAnEndpointThatHasAnsweredNoneForAsLongAsTheWait() throws Exception {
    var patient = patient(1);
    endpoints.hang(TOKEN);
    waiting(patient, CallKind.LOGIN, new CopyOnWriteArrayList<>());
    clock.advance(Bulkhead.longestWait(Duration.ofMinutes(1)));
    assertTimeout(
        Duration.ofSeconds(2),
        () -> assertBusy(() -> patient.of(CallKind.LOGIN).post(TOKEN, Map.of()), "max-calls"));
  }

  @ParameterizedTest
  @EnumSource(names = {"PUSH", "SESSION_AHEAD"})
  void aCallThatNobodyNeedsNowDoesNotWait(CallKind kind) throws Exception {
    var patient = patient(1);
    endpoints.hang(TOKEN);
    waiting(patient, CallKind.LOGIN, new CopyOnWriteArrayList<>());
    assertTimeout(
        Duration.ofSeconds(2),
        () -> assertBusy(() -> patient.of(kind).post(TOKEN, Map.of()), "max-calls"));
  }

  @Test
  void aPlaceIsFreeAgainHoweverItsCallEnded() throws Exception {
    for (var failure : Failure.values()) {
      endpoints.failing.put(TOKEN, failure);
      for (var i = 0; i < PLACES + 1; i++) {
        assertThatThrownBy(() -> call(CallKind.LOGIN, TOKEN)).hasMessage("no answer");
      }
    }
    endpoints.failing.clear();
    for (var i = 0; i < PLACES + 1; i++) {
      assertThat(call(CallKind.LOGIN, TOKEN)).isSameAs(ANSWER);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatDidNotAnswerIsTriedByOneCallerOfAKindAtATime(Failure failure)
      throws Exception {
    fail(TOKEN, failure);
    var letGo = endpoints.hang(TOKEN);
    var trying = callAside(CallKind.LOGIN, TOKEN);
    assertBusy(CallKind.LOGIN, TOKEN + " did not answer");
    var user = callAside(CallKind.SESSION, TOKEN);
    assertBusy(CallKind.SESSION, TOKEN + " did not answer");
    assertThat(call(CallKind.LOGIN, JWKS)).as("another endpoint").isSameAs(ANSWER);
    endpoints.failing.clear();
    letGo.countDown();
    assertThat(trying.get()).isSameAs(ANSWER);
    assertThat(user.get()).isSameAs(ANSWER);
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, 2); // it has answered since
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatAnswersWhateverItSaysIsOpenToAll(Failure failure) throws Exception {
    fail(TOKEN, failure);
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, 2);
  }

  /** As over a connection that a NAT has forgotten: the call fails at its deadline. */
  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "ANSWER_LOST"})
  void anEndpointThatHasAnsweredSinceACallBeganIsOpenToAllThoughThatCallFails(Failure failure)
      throws Exception {
    var letGo = endpoints.hang(TOKEN);
    var old = callAside(CallKind.LOGIN, TOKEN);
    endpoints.hanging.remove(TOKEN);
    assertThat(call(CallKind.LOGIN, TOKEN)).isSameAs(ANSWER);
    endpoints.failing.put(TOKEN, failure);
    letGo.countDown();
    assertThatThrownBy(old::get).hasRootCauseMessage("no answer");
    endpoints.failing.clear();
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN, 2);
  }

  @Test
  void theFailureOfOneEndpointDoesNotExcuseAnother() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    fail(JWKS, Failure.UNAVAILABLE);
    endpoints.hang(TOKEN);
    occupy(CallKind.LOGIN);
    assertBusy(CallKind.LOGIN, "another caller is trying it");
  }

  @Test
  void theNextTriesItWhenTheOneWhoTriedHasFailed() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    fail(TOKEN, Failure.UNAVAILABLE);
    endpoints.failing.clear();
    assertThat(call(CallKind.LOGIN, TOKEN)).isSameAs(ANSWER);
  }

  @Test
  void whatAnEndpointDidLongAgoDoesNotCount() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    endpoints.failing.clear();
    endpoints.hang(TOKEN);
    clock.advance(MEMORY.minusMillis(1));
    occupy(CallKind.LOGIN);
    assertBusy(CallKind.LOGIN, "another caller is trying it");
    clock.advance(Duration.ofMillis(1));
    occupy(CallKind.LOGIN);
  }

  @Test
  void whatAnEndpointDidWhileTheClockWasAheadDoesNotCount() throws Exception {
    fail(TOKEN, Failure.UNAVAILABLE);
    endpoints.failing.clear();
    endpoints.hang(TOKEN);
    clock.advance(Duration.ofHours(-3));
    occupy(CallKind.LOGIN, 2);
  }

  @Test
  @Tag("case-86")
  void thoseWhoAreRefusedTogetherAreNotToldToComeBackTogether() throws Exception {
    endpoints.hang(TOKEN);
    occupy(CallKind.SESSION_AHEAD, UNTRIED);
    var waits = new HashSet<Duration>();
    for (var i = 0; i < 200; i++) {
      try {
        call(CallKind.SESSION_AHEAD, TOKEN);
      } catch (LoginFailedException e) {
        waits.add(e.retryAfter().orElseThrow());
      }
    }
    assertThat(waits).hasSizeGreaterThan(2);
  }
}
