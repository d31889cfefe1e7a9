package io.gatehouse.internal.observability;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.gatehouse.internal.message.Warnings;
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

  /**
   * Logs a message, or counts it as suppressed.
   *
   * @param text the format of the message
   */
  @FormatMethod
  public void add(Logger.Level level, @FormatString String text, Object... arguments) {
    if (!LOG.isLoggable(level)) {
      return;
    }
    var before = budget.take();
    if (before < 0) {
      return;
    }
    if (before > 0) {
      LOG.log(Logger.Level.WARNING, Warnings.SUPPRESSED.formatted(before));
    }
    LOG.log(level, text.formatted(arguments));
  }
}
