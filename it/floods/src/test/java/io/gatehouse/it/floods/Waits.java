package io.gatehouse.it.floods;

import java.util.ArrayList;
import java.util.List;

/** The waiting times of a user for pages, in nanoseconds. */
final class Waits {
  private final List<Long> all = new ArrayList<>();

  void add(List<Long> more) {
    all.addAll(more);
  }

  /**
   * Returns the waiting time that this share of the pages did not exceed, in milliseconds.
   *
   * @param share 0.5 for the median
   */
  double millis(double share) {
    var sorted = all.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share))) / 1e6;
  }
}
