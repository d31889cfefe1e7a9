package io.gatehouse.internal.protocol;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A marker store in the memory of this process. Its size is limited: beyond 100,000 markers, the
 * markers that expire first are removed first. Raised markers come only from tokens that the
 * authorization server has signed, or from users who have logged in.
 */
public final class LocalMarkerStore implements MarkerStore {
  static final int MOST = 100_000;

  private record Mark(long value, long until) {}

  private record End(long at, String name) {}

  // Every request looks up markers without a lock; the ordered set is only for removing expired
  // ones.
  private final Map<String, Mark> markers = new ConcurrentHashMap<>();
  private final TreeSet<End> ends =
      new TreeSet<>(Comparator.comparingLong(End::at).thenComparing(End::name));
  private final Clock clock;
  private volatile long raised;

  public LocalMarkerStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean reachOtherNodes() {
    return false;
  }

  @Override
  public long raised() {
    return raised;
  }

  @Override
  public long changes() {
    return raised;
  }

  @Override
  public Optional<Long> find(String name) {
    var mark = markers.get(name);
    return mark != null && clock.millis() < mark.until()
        ? Optional.of(mark.value())
        : Optional.empty();
  }

  @Override
  public synchronized void raise(String name, long value, Duration kept) {
    if (find(name).filter(it -> it > value).isEmpty()) {
      set(name, value, kept);
      raised++; // last: a reader that looked too early would never look again
    }
  }

  @Override
  public synchronized boolean putIfAbsent(String name, long value, Duration kept) {
    if (find(name).isPresent()) {
      return false;
    }
    set(name, value, kept);
    return true;
  }

  private void set(String name, long value, Duration kept) {
    var until = clock.millis() + kept.toMillis();
    var before = markers.put(name, new Mark(value, until));
    if (before != null) {
      ends.remove(new End(before.until(), name));
    }
    ends.add(new End(until, name));
    forget();
  }

  private void forget() {
    var now = clock.millis();
    while (ends.size() > MOST || (!ends.isEmpty() && ends.first().at() <= now)) {
      markers.remove(ends.first().name());
      ends.pollFirst();
    }
  }
}
