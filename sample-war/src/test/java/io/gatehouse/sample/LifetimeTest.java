package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "-1, expired",
    "0, expired",
    "59, in less than a minute",
    "119, in 1 minute",
    "120, in 2 minutes",
    "3600, in 60 minutes"
  })
  void tellsTheMinutesThatAreLeft(int seconds, String left) {
    assertThat(new Lifetime(NOW.plusSeconds(seconds), NOW).left()).isEqualTo(left);
  }

  @Test
  void tellsTheDate() {
    assertThat(new Lifetime(NOW, NOW).date()).isEqualTo("1 March 2026, 12:00:00 UTC");
  }
}
