package io.gatehouse.it.load;

/**
 * The durations of answers, counted by the microsecond: so cheap that the count does not slow the
 * requests.
 */
final class Latencies {
  private static final int MAX_MICROSECONDS = 500_000;

  private final int[] counts = new int[MAX_MICROSECONDS + 1];
  private long all;

  void add(long nanoseconds) {
    counts[(int) Math.min(MAX_MICROSECONDS, nanoseconds / 1000)]++;
    all++;
  }

  void add(Latencies others) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += others.counts[i];
    }
    all += others.all;
  }

  long count() {
    return all;
  }

  /**
   * Returns the duration that this share of the answers did not exceed, in milliseconds.
   *
   * @param share 0.5 for the median
   */
  double millis(double share) {
    var left = (long) Math.ceil(all * share);
    for (int i = 0; i < counts.length; i++) {
      left -= counts[i];
      if (left <= 0) {
        return i / 1000.0;
      }
    }
    throw new IllegalStateException("no answers");
  }
}
