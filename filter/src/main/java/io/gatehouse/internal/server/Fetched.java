package io.gatehouse.internal.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A value of the authorization server that is fetched when first needed, kept, and renewed when
 * old. One caller at a time fetches it, never in the background, and not immediately after a
 * failure. While the authorization server is down, an old value is used for up to a day.
 */
final class Fetched<T> {
  /** The fetch of a value. */
  interface Source<T> {
    T fetch() throws LoginFailedException;
  }

  static final Duration FRESH = Duration.ofHours(1);
  static final Duration MAX_AGE = Duration.ofHours(24);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private record Held<T>(T value, Instant since) {}

  private record Failed(LoginFailedException cause, Pause pause) {}

  private final Source<T> source;
  private final Clock clock;
  private final BoundedWait boundedWait;
  // A lock and not synchronized: a virtual thread that waits here must not pin its carrier.
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Held<T> held;
  private volatile @Nullable Failed failed;
  private final Map<JwtSource, Pause> renewals = new EnumMap<>(JwtSource.class);

  /**
   * Creates the value without fetching it.
   *
   * @param boundedWait bounds how long a caller waits for another caller's fetch
   */
  Fetched(Source<T> source, Clock clock, BoundedWait boundedWait) {
    this.source = source;
    this.clock = clock;
    this.boundedWait = boundedWait;
  }

  /**
   * Returns the value, fetched if the value is unknown or old.
   *
   * @throws LoginFailedException if no usable value exists and the fetch fails
   */
  T get() throws LoginFailedException {
    var known = held;
    if (known != null && isFresh(known)) {
      return known.value();
    }
    if (known != null && isUsable(known)) {
      return renewedOr(known.value());
    }
    lockUnlessDown();
    try {
      return fetchUnlessDone();
    } finally {
      fetching.unlock();
    }
  }

  /** Returns the age of the value in use; empty if no usable value exists. */
  Optional<Duration> age() {
    var known = held;
    return known == null || !isUsable(known) ? Optional.empty() : Optional.of(age(known));
  }

  /** Returns whether a value exists and is not old. */
  boolean isFresh() {
    var known = held;
    return known != null && isFresh(known);
  }

  // While one caller retries a server that was down, the other callers fail at once: with a server
  // that hangs, their waiting would soon occupy all threads of the container.
  private void lockUnlessDown() throws LoginFailedException {
    if (fetching.tryLock()) {
      return;
    }
    var failure = failed;
    if (failure != null) {
      throw repeated(failure);
    }
    lock();
  }

  // A value from the future was fetched while the clock was ahead, so its age is unknown.
  private boolean isFresh(Held<T> value) {
    return new Pause(value.since(), FRESH).lastsAt(clock.instant());
  }

  private boolean isUsable(Held<T> value) {
    return clock.instant().isBefore(value.since().plus(MAX_AGE));
  }

  private Duration age(Held<T> value) {
    var age = Duration.between(value.since(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  // No caller waits for another's renewal, and a failed renewal does no harm: fetch() records the
  // failure.
  private T renewedOr(T old) {
    if (!fetching.tryLock()) {
      return old;
    }
    try {
      return fetchUnlessDone();
    } catch (LoginFailedException stillDown) {
      return old;
    } finally {
      fetching.unlock();
    }
  }

  private T fetchUnlessDone() throws LoginFailedException {
    var known = held;
    if (known != null && isFresh(known)) { // fetched by the previous lock holder
      return known.value();
    }
    var failure = failed;
    if (failure != null && failure.pause().lastsAt(clock.instant())) {
      throw repeated(failure);
    }
    return fetch();
  }

  /**
   * Returns a newer value than an unsuitable one; empty if JWTs of the same source have caused a
   * renewal within the {@linkplain JwtSource#pause pause} of the source, so that outsiders cannot
   * cause calls to the authorization server at will. The newer value may be of a fetch that another
   * caller had begun before the authorization server published what this caller needs.
   *
   * @throws LoginFailedException if the fetch fails
   */
  Optional<T> newerThan(T unfit, JwtSource source) throws LoginFailedException {
    lock();
    try {
      var known = held;
      if (known != null && known.value() != unfit) {
        return Optional.of(known.value());
      }
      if (renewal(source).lastsAt(clock.instant())) {
        return Optional.empty();
      }
      return Optional.of(renewed(source));
    } finally {
      fetching.unlock();
    }
  }

  private Pause renewal(JwtSource source) {
    return renewals.getOrDefault(source, Pause.NONE);
  }

  private T renewed(JwtSource source) throws LoginFailedException {
    var before = renewal(source);
    renewals.put(source, new Pause(clock.instant(), source.pause()));
    try {
      return fetch();
    } catch (LoginFailedException e) {
      if (e.failure() == Failure.BUSY) {
        renewals.put(source, before);
      }
      throw e;
    }
  }

  private T fetch() throws LoginFailedException {
    try {
      var value = source.fetch();
      held = new Held<>(value, clock.instant());
      failed = null;
      return value;
    } catch (LoginFailedException e) {
      if (e.failure() != Failure.BUSY) { // the call was never sent
        failed = new Failed(e, new Pause(clock.instant(), PAUSE_AFTER_FAILURE));
      }
      throw e;
    }
  }

  private void lock() throws LoginFailedException {
    if (!boundedWait.await(it -> fetching.tryLock(it, TimeUnit.MILLISECONDS), false)) {
      throw new LoginFailedException(
          Failure.BUSY, "the server has not answered another request yet", Duration.ofSeconds(1));
    }
  }

  private LoginFailedException repeated(Failed failure) {
    var wait = failure.pause().restAt(clock.instant());
    return new LoginFailedException(
        failure.cause().failure(),
        "as before: " + failure.cause().reason(),
        Duration.ofSeconds(Math.max(0, wait.toSeconds()) + 1));
  }
}
