package io.gatehouse.internal.server;

import java.time.Duration;
import java.time.Instant;

/**
 * A time without calls, by the wall clock. It lasts from its beginning for its own length and no
 * longer: a clock that was ahead at the beginning and was put right is before the beginning, which
 * ends the pause.
 */
public record Pause(Instant from, Duration length) {
  /** The pause that never was. */
  public static final Pause NONE = new Pause(Instant.EPOCH, Duration.ZERO);

  /**
   * Returns a pause from now on.
   *
   * @param end the end, in milliseconds since the epoch
   */
  public static Pause until(long end, Instant now) {
    return new Pause(now, Duration.ofMillis(end - now.toEpochMilli()));
  }

  /** Returns the time until the pause ends; zero or less if the pause is over. */
  public Duration restAt(Instant now) {
    return now.isBefore(from) ? Duration.ZERO : Duration.between(now, from.plus(length));
  }

  /** Returns whether the pause has begun and not ended. */
  public boolean lastsAt(Instant now) {
    var rest = restAt(now);
    return !rest.isZero() && !rest.isNegative();
  }
}
