package io.gatehouse.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The remaining lifetime of a token, in words. Public for EL. */
public record Lifetime(Instant end, Instant now) {
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Returns the end as a date and time of day. */
  public String date() {
    return READABLE.format(end);
  }

  /** Returns the remaining time, in minutes. */
  public String left() {
    var minutes = Duration.between(now, end).toMinutes();
    if (!end.isAfter(now)) {
      return "expired";
    }
    return switch ((int) Math.min(minutes, 2)) {
      case 0 -> "in less than a minute";
      case 1 -> "in 1 minute";
      default -> "in " + minutes + " minutes";
    };
  }
}
