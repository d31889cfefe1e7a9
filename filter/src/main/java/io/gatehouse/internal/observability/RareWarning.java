package io.gatehouse.internal.observability;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;

/** A warning that is logged at most once a minute, however often its cause occurs. */
public final class RareWarning {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final LineBudget budget;

  public RareWarning(Clock clock) {
    this.budget = new LineBudget(clock, 1, Duration.ofMinutes(1));
  }

  /** Logs a text whose {@code {0}} is the reason. */
  public void log(String text, String reason) {
    if (budget.take() >= 0) {
      LOG.log(Logger.Level.WARNING, text, reason);
    }
  }
}
