package io.gatehouse.filter;

import java.lang.System.Logger;
import java.time.Clock;

/**
 * The log of what is refused and of what fails, which others can cause as often as they like: after
 * a burst it takes one line a second, and says how many it left out.
 */
final class BoundedLog {
  static final int BURST = 200;

  private static final Logger LOG = System.getLogger("io.gatehouse");
  private static final long MILLIS_FOR_A_LINE = 1000;

  private final Clock clock;
  private long lines = BURST;
  private long countedAt;
  private long leftOut;

  BoundedLog(Clock clock) {
    this.clock = clock;
    this.countedAt = clock.millis();
  }

  /** Logs a text with {@code {0}}, {@code {1}} and so on, or counts it. */
  void add(Logger.Level level, String text, Object... parameters) {
    if (!LOG.isLoggable(level)) {
      return;
    }
    var before = take();
    if (before < 0) {
      return;
    }
    if (before > 0) {
      LOG.log(
          Logger.Level.WARNING,
          "messages about refused requests and failed calls that were left out here: {0}",
          String.valueOf(before));
    }
    LOG.log(level, text, parameters);
  }

  /** How many were left out before this line; negative if it is to be left out itself. */
  private synchronized long take() {
    var now = clock.millis();
    countedAt = Math.min(countedAt, now); // a clock may be set back
    var earned = (now - countedAt) / MILLIS_FOR_A_LINE;
    lines = Math.min(BURST, lines + earned);
    countedAt += earned * MILLIS_FOR_A_LINE;
    if (lines == 0) {
      leftOut++;
      return -1;
    }
    lines--;
    var before = leftOut;
    leftOut = 0;
    return before;
  }
}
