package io.gatehouse.internal.observability;

import java.time.Clock;
import java.time.Duration;

/**
 * A budget of log lines for events that outsiders can cause at will: after a burst, one line in
 * each interval.
 */
public final class LineBudget {
  public static final int BURST = 200;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Clock clock;
  private final long burst;
  private final long millisForALine;
  private long lines;
  private long countedAt;
  private long leftOut;

  /** Creates a budget of one line a second after {@link #BURST} lines. */
  LineBudget(Clock clock) {
    this(clock, BURST, SECOND);
  }

  LineBudget(Clock clock, long burst, Duration interval) {
    this.clock = clock;
    this.burst = burst;
    this.millisForALine = interval.toMillis();
    this.lines = burst;
    this.countedAt = clock.millis();
  }

  /**
   * Returns the number of lines suppressed before this line; negative if this line is to be
   * suppressed.
   */
  synchronized long take() {
    var now = clock.millis();
    countedAt = Math.min(countedAt, now); // a clock may be set back
    var earned = (now - countedAt) / millisForALine;
    lines = Math.min(burst, lines + earned);
    countedAt = lines == burst ? now : countedAt + earned * millisForALine;
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
