package io.gatehouse.protocol;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Marks in the memory of this process. Bounded: beyond 100,000 the oldest go first. Only what the
 * server has signed makes marks, so that nobody else can fill it.
 */
public final class LocalMarks implements Marks {
  static final int MOST = 100_000;

  private record Mark(long value, long until) {}

  // Looked up without a lock by every request; the order of age is needed only to forget.
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();
  private final LinkedHashMap<String, Long> byAge = new LinkedHashMap<>();
  private final Clock clock;

  public LocalMarks(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Long> find(String name) {
    var mark = marks.get(name);
    return mark != null && clock.millis() < mark.until()
        ? Optional.of(mark.value())
        : Optional.empty();
  }

  @Override
  public synchronized void put(String name, long value, Duration kept) {
    forgetOld();
    var until = clock.millis() + kept.toMillis();
    marks.put(name, new Mark(value, until));
    byAge.remove(name);
    byAge.put(name, until);
  }

  @Override
  public synchronized boolean putIfAbsent(String name, long value, Duration kept) {
    if (find(name).isPresent()) {
      return false;
    }
    put(name, value, kept);
    return true;
  }

  private void forgetOld() {
    var now = clock.millis();
    var oldest = byAge.entrySet().iterator();
    while (oldest.hasNext()) {
      var entry = oldest.next();
      if (entry.getValue() > now && byAge.size() < MOST) {
        return;
      }
      marks.remove(entry.getKey());
      oldest.remove();
    }
  }
}
