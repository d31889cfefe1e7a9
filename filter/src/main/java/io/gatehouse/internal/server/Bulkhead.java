package io.gatehouse.internal.server;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the number of concurrent calls, so that a hanging authorization server does not occupy all
 * threads of the container, and that no crowd takes the {@link Places} of another. An endpoint has
 * as many calls at a time as it has answered lately, and a few more. While it does not answer, one
 * caller of each kind at a time tries it.
 */
public final class Bulkhead {
  private static final int LEAST_RETRY_SECONDS = 1;
  private static final int MAX_RETRY_SECONDS = 4;
  private static final Duration LATELY = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  /**
   * The state of an endpoint.
   *
   * @param answers the number of answers so far
   * @param lately the number of answers with less than {@link #LATELY} between them
   * @param sinceAnswer the time after the last answer in which {@code lately} counts
   * @param failing the time after the last failure, if no answer came since
   */
  private record State(long answers, int lately, Pause sinceAnswer, Pause failing) {
    static final State UNTRIED = new State(0, 0, Pause.NONE, Pause.NONE);
  }

  private interface Call {
    ServerResponse make() throws LoginFailedException;
  }

  private final ServerCalls calls;
  private final int most;
  private final Places places;
  private final Duration memory;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<URI, State> states = new ConcurrentHashMap<>();

  /**
   * Creates the bulkhead.
   *
   * @param most the maximum number of concurrent calls, besides the fetches of documents
   * @param deadline the maximum time for a call
   * @param memory the time for which only one caller of a kind at a time tries an endpoint that did
   *     not answer, unless the endpoint answers earlier
   */
  public Bulkhead(
      ServerCalls calls,
      int most,
      Duration deadline,
      Duration memory,
      Clock clock,
      SecureRandom random) {
    this.calls = calls;
    this.most = most;
    this.places = new Places(most, longestWait(deadline), clock);
    this.memory = memory;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Returns the longest time for which a caller waits for a place.
   *
   * @param deadline the maximum time for a call
   */
  public static Duration longestWait(Duration deadline) {
    return deadline.compareTo(LONGEST_WAIT) < 0 ? deadline : LONGEST_WAIT;
  }

  /**
   * Returns the number of concurrent calls of a kind that an endpoint gets before it has answered
   * any. The smallest containers have five threads: two of codes and two of refreshes leave one.
   *
   * @param most the maximum number of concurrent calls
   */
  public static int untried(int most) {
    return Math.min(most, Math.max(2, most / 6));
  }

  /** Returns the number of calls in progress. */
  public int inUse() {
    return places.inUse();
  }

  /** Returns the calls of one kind. */
  public ServerCalls of(CallKind kind) {
    return new ServerCalls() {
      @Override
      public ServerResponse get(URI uri) throws LoginFailedException {
        return within(new Places.Lane(kind, uri), () -> calls.get(uri));
      }

      @Override
      public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
        return within(new Places.Lane(kind, uri), () -> calls.post(uri, form));
      }
    };
  }

  private ServerResponse within(Places.Lane lane, Call call) throws LoginFailedException {
    if (!hasTaken(lane)) {
      throw busy(
          isFailing(lane.uri())
              ? SecureUri.shown(lane.uri()) + " did not answer, and another caller is trying it"
              : "as many calls as gatehouse.http.max-calls allows are under way, or as "
                  + SecureUri.shown(lane.uri())
                  + " answers");
    }
    try {
      return watched(lane.uri(), call);
    } finally {
      places.leave(lane);
    }
  }

  private boolean hasTaken(Places.Lane lane) {
    try {
      return places.take(lane, () -> limit(lane.uri()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private int limit(URI uri) {
    if (isFailing(uri)) {
      return 1;
    }
    var state = state(uri);
    var lately = state.sinceAnswer().lastsAt(clock.instant()) ? state.lately() : 0;
    return untried(most) + lately;
  }

  private boolean isFailing(URI uri) {
    return state(uri).failing().lastsAt(clock.instant());
  }

  private State state(URI uri) {
    return states.getOrDefault(uri, State.UNTRIED);
  }

  private ServerResponse watched(URI uri, Call call) throws LoginFailedException {
    var before = state(uri).answers();
    try {
      var answer = call.make();
      states.compute(uri, (it, known) -> answered(known == null ? State.UNTRIED : known));
      return answer;
    } catch (LoginFailedException e) {
      if (e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.ANSWER_LOST) {
        var failing = new Pause(clock.instant(), memory);
        var failed = new State(before, 0, Pause.NONE, failing);
        // A call may fail late, over a connection that was lost long ago: answers since it began
        // say more about the endpoint.
        states.merge(uri, failed, (known, it) -> known.answers() == before ? it : known);
      }
      throw e;
    }
  }

  private State answered(State known) {
    var now = clock.instant();
    var lately = known.sinceAnswer().lastsAt(now) ? Math.min(most, known.lately() + 1) : 1;
    return new State(known.answers() + 1, lately, new Pause(now, LATELY), Pause.NONE);
  }

  // Random, so that callers that are refused together do not come back together.
  private LoginFailedException busy(String reason) {
    var wait = random.nextInt(LEAST_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    return new LoginFailedException(Failure.BUSY, reason, Duration.ofSeconds(wait));
  }
}
