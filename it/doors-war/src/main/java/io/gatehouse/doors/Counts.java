package io.gatehouse.doors;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The visits of each endpoint, counted by the endpoint itself: correct even if no filter ran. */
public final class Counts {
  private static final Map<String, AtomicLong> COUNTS = new ConcurrentHashMap<>();

  private Counts() {}

  /** Adds a visit. */
  public static void add(String door) {
    COUNTS.computeIfAbsent(door, it -> new AtomicLong()).incrementAndGet();
  }

  /** Returns the doors that were used, a line each with its name and its visits. */
  static String text() {
    var text = new StringBuilder();
    new TreeMap<>(COUNTS)
        .forEach((door, count) -> text.append(door).append('=').append(count).append('\n'));
    return text.toString();
  }
}
