package io.gatehouse.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-89")
class RareWarningTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final RareWarning warning = new RareWarning(clock);
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void close() {
    log.close();
  }

  private int linesAfter(Duration time) {
    clock.advance(time);
    warning.log("it fails (%s)", "often");
    warning.log("it fails (%s)", "often");
    return log.ours().size();
  }

  @Test
  void isLoggedOnceAMinute() {
    assertThat(linesAfter(Duration.ofSeconds(59))).isEqualTo(1);
    assertThat(linesAfter(Duration.ofMillis(59_999))).isEqualTo(1);
    assertThat(linesAfter(Duration.ofMillis(1))).isEqualTo(2);
    assertThat(linesAfter(Duration.ofDays(1))).isEqualTo(3);
    assertThat(linesAfter(Duration.ofSeconds(59))).isEqualTo(3);
    assertThat(log.ours()).containsOnly("WARNING it fails (often)");
  }

  @Test
  void isPlainWhateverItsArguments() {
    warning.log("it fails (%s)", "a\r\nSEVERE\u001b" + "x".repeat(5_000));
    assertThat(log.ours().get(0)).matches("WARNING it fails \\(a\\?\\?SEVERE\\?x+\\.\\.\\.\\)");
    assertThat(log.ours().get(0)).hasSizeLessThan(450);
  }

  @Test
  void isLoggedAgainAfterTheClockIsSetBack() {
    assertThat(linesAfter(Duration.ZERO)).isEqualTo(1);
    assertThat(linesAfter(Duration.ofDays(-1))).isEqualTo(1);
    assertThat(linesAfter(Duration.ofMinutes(1))).isEqualTo(2);
  }
}
