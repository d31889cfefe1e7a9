package io.gatehouse.internal.observability;

import java.lang.System.Logger;
import java.time.Clock;

/**
 * The log of refusals and failures, which outsiders can cause at will: after a burst it accepts one
 * line a second, and reports the number of suppressed lines.
 */
public final class BoundedLog {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final LineBudget budget;

  public BoundedLog(Clock clock) {
    this.budget = new LineBudget(clock);
  }

  /** Logs a text with {@code {0}}, {@code {1}} and so on, or counts it as suppressed. */
  public void add(Logger.Level level, String text, Object... parameters) {
    if (!LOG.isLoggable(level)) {
      return;
    }
    var before = budget.take();
    if (before < 0) {
      return;
    }
    if (before > 0) {
      LOG.log(Logger.Level.WARNING, "{0} similar messages suppressed", String.valueOf(before));
    }
    LOG.log(level, text, parameters);
  }
}
