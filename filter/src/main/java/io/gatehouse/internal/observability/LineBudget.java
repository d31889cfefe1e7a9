package io.gatehouse.internal.observability;

import java.time.Clock;

/** How many lines a log takes of what others can cause as often as they like. */
public final class LineBudget {
  public static final int BURST = 200;

  private static final long MILLIS_FOR_A_LINE = 1000;

  private final Clock clock;
  private long lines = BURST;
  private long countedAt;
  private long leftOut;

  LineBudget(Clock clock) {
    this.clock = clock;
    this.countedAt = clock.millis();
  }

  /** How many were left out before this line; negative if it is to be left out itself. */
  synchronized long take() {
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
