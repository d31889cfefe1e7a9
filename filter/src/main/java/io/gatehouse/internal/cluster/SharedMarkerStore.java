package io.gatehouse.internal.cluster;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.RareWarning;
import io.gatehouse.internal.protocol.LocalMarkerStore;
import io.gatehouse.internal.protocol.MarkerStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A marker store in a cache that the nodes of a cluster share. docs/decisions/0018-shared-marks.md
 * describes the behaviour while the cache fails.
 */
public final class SharedMarkerStore implements MarkerStore {
  /**
   * The longest time for which requests are served while the cache cannot report ended sessions.
   */
  static final Duration MAX_SILENCE = Duration.ofMinutes(1);

  private static final int MAX_ROUNDS = 10;
  private static final Duration SOON = Duration.ofSeconds(5);

  /** A marker as text, VALUE/UNTIL, which any cache can compare and copy. */
  private record Mark(long value, long until) {
    static Mark read(String text) {
      var slash = text.indexOf('/');
      return new Mark(
          Long.parseLong(text, 0, slash, 10), Long.parseLong(text, slash + 1, text.length(), 10));
    }

    @Override
    public String toString() {
      return value + "/" + until;
    }
  }

  // A number of its own for each raised marker; no marker has this name, since those are hashes.
  private static final String LAST_RAISED = "last-raised";

  // Limits the logouts that are kept during an outage; further logouts apply to this node only.
  private static final int MAX_UNTOLD = 10_000;

  private final SharedCache cache;
  private final SharedCache onceOnly;
  private final Map<String, Mark> untold = new ConcurrentHashMap<>();
  private final LocalMarkerStore own; // received here, valid even if the cache fails
  private final Clock clock;
  private final RareWarning failing;
  private volatile long answeredAt;

  /**
   * Creates the store.
   *
   * @param cache the cache for raised markers, kept as long as a session may live
   * @param onceOnly the cache for one-time markers, kept for minutes: anyone can cause these
   *     markers
   */
  public SharedMarkerStore(SharedCache cache, SharedCache onceOnly, Clock clock) {
    this.cache = cache;
    this.onceOnly = onceOnly;
    this.own = new LocalMarkerStore(clock);
    this.clock = clock;
    this.failing = new RareWarning(clock);
    this.answeredAt = clock.millis();
  }

  @Override
  public boolean reachOtherNodes() {
    return true;
  }

  @Override
  public long raised() {
    return -1;
  }

  @Override
  public long changes() {
    var here = own.changes(); // valid even if the cache fails
    try {
      return here + cache.find(LAST_RAISED).map(Long::parseLong).orElse(0L);
    } catch (RuntimeException e) {
      warn(e);
      return here;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the cache has not answered for longer than {@link
   *     #MAX_SILENCE}
   */
  @Override
  public Optional<Long> find(String name) {
    var here = own.find(name);
    Optional<Long> there;
    try {
      there = cache.find(name).flatMap(this::current).map(Mark::value);
      answeredAt = clock.millis();
    } catch (RuntimeException e) {
      warn(e);
      answeredAt = Math.min(answeredAt, clock.millis()); // a clock may be set back
      if (clock.millis() - answeredAt > MAX_SILENCE.toMillis()) {
        throw unavailable();
      }
      return here;
    }
    tellWhatWasNotTold();
    return here.filter(it -> there.isEmpty() || it > there.get()).or(() -> there);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the other nodes could not be informed
   */
  @Override
  public void raise(String name, long value, Duration kept) {
    own.raise(name, value, kept);
    var mark = new Mark(value, clock.millis() + kept.toMillis());
    try {
      shared(
          () -> {
            var set = replaceOrPut(cache, name, mark, it -> it.value() > value);
            cache.put(LAST_RAISED, Long.toString(ThreadLocalRandom.current().nextLong()));
            return set;
          });
    } catch (ServerUnavailableException notNow) {
      keepUntold(name, mark);
      throw notNow;
    }
  }

  // Marks come in any order, here too.
  private void keepUntold(String name, Mark mark) {
    if (untold.size() < MAX_UNTOLD || untold.containsKey(name)) {
      untold.merge(name, mark, (one, other) -> one.value() > other.value() ? one : other);
    }
  }

  // The caller may not try again: a user logs out once. A cache may still refuse what it is told
  // while it answers what it is asked.
  private void tellWhatWasNotTold() {
    if (untold.isEmpty()) {
      return;
    }
    try {
      tellAll();
    } catch (ServerUnavailableException stillNotNow) {
      // the marks that are left are told later
    }
  }

  private void tellAll() {
    for (var name : List.copyOf(untold.keySet())) {
      var mark = untold.remove(name);
      if (mark != null && clock.millis() < mark.until()) {
        raise(name, mark.value(), Duration.ofMillis(mark.until() - clock.millis()));
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws ServerUnavailableException if the cache of the other nodes could not be read
   */
  @Override
  public boolean putIfAbsent(String name, long value, Duration kept) {
    var mark = new Mark(value, clock.millis() + kept.toMillis());
    return shared(() -> replaceOrPut(onceOnly, name, mark, it -> true));
  }

  // Each step is one atomic operation of the cache; a caller that loses the race tries again.
  private boolean replaceOrPut(SharedCache in, String name, Mark mark, Predicate<Mark> stays) {
    for (int i = 0; i < MAX_ROUNDS; i++) {
      if (in.putIfAbsent(name, mark.toString())) {
        return true;
      }
      var there = in.find(name);
      if (there.isEmpty()) {
        continue; // it has just expired
      }
      if (there.flatMap(this::current).filter(stays).isPresent()) {
        return false;
      }
      if (in.replace(name, there.get(), mark.toString())) {
        return true;
      }
    }
    throw new IllegalStateException("the cache gives back what it does not have");
  }

  private Optional<Mark> current(String text) {
    return Optional.of(Mark.read(text)).filter(it -> clock.millis() < it.until());
  }

  private boolean shared(Supplier<Boolean> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      warn(e);
      throw unavailable();
    }
  }

  private void warn(RuntimeException e) {
    failing.log(Warnings.LOGOUTS_NOT_SHARED, e.getClass().getName());
  }

  private static ServerUnavailableException unavailable() {
    return new ServerUnavailableException("the cache of gatehouse.shared fails", SOON);
  }
}
