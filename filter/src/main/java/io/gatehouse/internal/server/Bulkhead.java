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
 * Calls of which only a few are under way at one time, so that a server that hangs does not get all
 * the threads of the container. What is too much is refused at once. While an endpoint does not
 * answer, one caller at a time tries it, and the others do not wait to see the same.
 */
public final class Bulkhead implements ServerCalls {
  private static final int LEAST_RETRY_SECONDS = 1;
  private static final int MAX_RETRY_SECONDS = 4;

  private interface Call {
    ServerResponse make() throws LoginFailedException;
  }

  private final ServerCalls calls;
  private final int most;
  private final Semaphore places;
  private final Duration memory;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<URI, Instant> failing = new ConcurrentHashMap<>();
  private final Set<URI> tried = ConcurrentHashMap.newKeySet();

  /**
   * @param most how many calls are under way at one time at most
   * @param memory how long an endpoint that did not answer is tried by one caller at a time, unless
   *     it answers
   */
  public Bulkhead(ServerCalls calls, int most, Duration memory, Clock clock, SecureRandom random) {
    this.calls = calls;
    this.most = most;
    this.places = new Semaphore(most);
    this.memory = memory;
    this.clock = clock;
    this.random = random;
  }

  /** How many calls are under way now. */
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
    var since = failing.get(uri);
    return since != null && clock.instant().isBefore(since.plus(memory));
  }

  private ServerResponse tryAlone(URI uri, Call call) throws LoginFailedException {
    if (!tried.add(uri)) {
      throw busy(uri + " did not answer, and another caller is trying it");
    }
    try {
      return watched(uri, call);
    } finally {
      tried.remove(uri);
    }
  }

  private ServerResponse watched(URI uri, Call call) throws LoginFailedException {
    try {
      var answer = call.make();
      failing.remove(uri);
      return answer;
    } catch (LoginFailedException e) {
      if (e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.ANSWER_LOST) {
        failing.values().removeIf(it -> !clock.instant().isBefore(it.plus(memory)));
        failing.put(uri, clock.instant());
      }
      throw e;
    }
  }

  // Those who are refused together should not come back together.
  private LoginFailedException busy(String reason) {
    var wait = random.nextInt(LEAST_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    return new LoginFailedException(Failure.BUSY, reason, Duration.ofSeconds(wait));
  }
}
