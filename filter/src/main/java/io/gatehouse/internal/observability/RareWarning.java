package io.gatehouse.internal.observability;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.gatehouse.internal.message.PlainText;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;

/**
 * A warning that is logged at most once a minute, however often its cause occurs. Each instance
 * logs one message, so that no message takes the place of another.
 */
public final class RareWarning {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final LineBudget budget;

  public RareWarning(Clock clock) {
    this.budget = new LineBudget(clock, 1, Duration.ofMinutes(1));
  }

  /**
   * Logs the warning, unless it was logged within the last minute.
   *
   * @param text the format of the message
   */
  @FormatMethod
  public void log(@FormatString String text, Object... arguments) {
    if (budget.take() >= 0) {
      LOG.log(Logger.Level.WARNING, text.formatted(PlainText.arguments(arguments)));
    }
  }
}
