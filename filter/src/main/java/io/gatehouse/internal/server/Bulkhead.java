package io.gatehouse.internal.server;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Limits the number of concurrent calls, so that a hanging authorization server does not occupy all
 * threads of the container. Calls beyond the limit are refused at once. While an endpoint does not
 * answer, one caller at a time tries it, and all other callers are refused at once.
 */
public final class Bulkhead implements ServerCalls {
  private static final int LEAST_RETRY_SECONDS = 1;
  private static final int MAX_RETRY_SECONDS = 4;

  /**
   * The state of an endpoint.
   *
   * @param answers the number of answers so far
   * @param failedAt the time of the last failure; {@link Instant#MIN} if an answer came since
   */
  private record State(long answers, Instant failedAt) {
    static final State UNTRIED = new State(0, Instant.MIN);
  }

  private interface Call {
    ServerResponse make() throws LoginFailedException;
  }

  private final ServerCalls calls;
  private final int most;
  private final Semaphore places;
  private final Duration memory;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<URI, State> states = new ConcurrentHashMap<>();
  private final Set<URI> tried = ConcurrentHashMap.newKeySet();

  /**
   * Creates the bulkhead.
   *
   * @param most the maximum number of concurrent calls
   * @param memory the time for which only one caller at a time tries an endpoint that did not
   *     answer, unless the endpoint answers earlier
   */
  public Bulkhead(ServerCalls calls, int most, Duration memory, Clock clock, SecureRandom random) {
    this.calls = calls;
    this.most = most;
    this.places = new Semaphore(most);
    this.memory = memory;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the number of calls in progress. */
  public int inUse() {
    return most - places.availablePermits();
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    return within(uri, () -> calls.get(uri));
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    return within(uri, () -> calls.post(uri, form));
  }

  private ServerResponse within(URI uri, Call call) throws LoginFailedException {
    if (!places.tryAcquire()) {
      throw busy("as many calls as gatehouse.http.max-calls allows are under way");
    }
    try {
      return isFailing(uri) ? tryAlone(uri, call) : watched(uri, call);
    } finally {
      places.release();
    }
  }

  private boolean isFailing(URI uri) {
    return clock.instant().isBefore(state(uri).failedAt().plus(memory));
  }

  private State state(URI uri) {
    return states.getOrDefault(uri, State.UNTRIED);
  }

  private ServerResponse tryAlone(URI uri, Call call) throws LoginFailedException {
    if (!tried.add(uri)) {
      throw busy(SecureUri.shown(uri) + " did not answer, and another caller is trying it");
    }
    try {
      return watched(uri, call);
    } finally {
      tried.remove(uri);
    }
  }

  private ServerResponse watched(URI uri, Call call) throws LoginFailedException {
    var before = state(uri).answers();
    try {
      var answer = call.make();
      states.merge(
          uri,
          new State(1, Instant.MIN),
          (known, one) -> new State(known.answers() + 1, Instant.MIN));
      return answer;
    } catch (LoginFailedException e) {
      if (e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.ANSWER_LOST) {
        var failed = new State(before, clock.instant());
        // A call may fail late, over a connection that was lost long ago: answers since it began
        // say more about the endpoint.
        states.merge(uri, failed, (known, it) -> known.answers() == before ? it : known);
      }
      throw e;
    }
  }

  // Random, so that callers that are refused together do not come back together.
  private LoginFailedException busy(String reason) {
    var wait = random.nextInt(LEAST_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    return new LoginFailedException(Failure.BUSY, reason, Duration.ofSeconds(wait));
  }
}
