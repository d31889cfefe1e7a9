package io.gatehouse.internal.observability;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A warning that is logged at most once a minute, however often its cause is met. */
public final class RareWarning {
  private static final Logger LOG = System.getLogger("io.gatehouse");
  private static final long PAUSE = Duration.ofMinutes(1).toMillis();

  private final Clock clock;
  private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

  public RareWarning(Clock clock) {
    this.clock = clock;
  }

  /** Logs a text whose {@code {0}} is the reason. */
  public void log(String text, String reason) {
    var now = clock.millis();
    var due = next.get();
    if (now >= due && next.compareAndSet(due, now + PAUSE)) {
      LOG.log(Logger.Level.WARNING, text, reason);
    }
  }
}
