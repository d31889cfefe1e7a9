package io.gatehouse.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-89")
@Tag("case-129")
class BoundedLogTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final BoundedLog bounded = new BoundedLog(clock);
  private final CapturedLog log = new CapturedLog();

  @AfterEach
  void close() {
    log.close();
  }

  private void flood(int lines) {
    for (var i = 0; i < lines; i++) {
      bounded.add(Level.INFO, "refused %s", "x" + i);
    }
  }

  private long linesOf(String text) {
    return log.ours().stream().filter(it -> it.contains(text)).count();
  }

  @Test
  void everyLineOfABurstIsWritten() {
    flood(LineBudget.BURST);
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST);
    assertThat(log.ours()).contains("INFO refused x0").noneMatch(it -> it.contains("suppressed"));
  }

  @Test
  void afterABurstThereIsOneLineASecondAndTheNumberOfThoseLeftOut() {
    flood(LineBudget.BURST + 1234);
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST);
    clock.advance(Duration.ofMillis(999));
    flood(1);
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST);
    clock.advance(Duration.ofMillis(1));
    flood(2);
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST + 1);
    assertThat(linesOf("1235 similar messages suppressed")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    flood(1);
    assertThat(log.ours().get(log.ours().size() - 2)).contains(" 1 similar messages suppressed");
  }

  @Test
  void aFloodOfOneMessageHidesNoOther() {
    flood(LineBudget.BURST + 1);
    bounded.add(Level.WARNING, "tokens could not be renewed: %s", "x");
    for (var i = 0; i < LineBudget.BURST + 1; i++) {
      bounded.addOf("GH521", Level.INFO, "[%s] %s", "id", "GH521 invalid-request");
    }
    bounded.addOf("GH511", Level.WARNING, "[%s] %s", "id", "GH511 misconfigured");
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST);
    assertThat(linesOf("WARNING tokens could not be renewed: x")).isEqualTo(1);
    assertThat(linesOf("GH521 invalid-request")).isEqualTo(LineBudget.BURST);
    assertThat(linesOf("WARNING [id] GH511 misconfigured")).isEqualTo(1);
  }

  @Test
  void theNumberOfThoseLeftOutIsNoLouderThanThey() {
    flood(LineBudget.BURST + 1);
    clock.advance(Duration.ofSeconds(1));
    flood(1);
    assertThat(linesOf("INFO GH425 1 similar messages suppressed")).isEqualTo(1);
    assertThat(log.ours()).allMatch(it -> it.startsWith("INFO "));
    for (var i = 0; i < LineBudget.BURST + 1; i++) {
      bounded.add(Level.WARNING, "warned");
    }
    clock.advance(Duration.ofSeconds(1));
    bounded.add(Level.WARNING, "warned");
    assertThat(linesOf("WARNING GH425 1 similar messages suppressed")).isEqualTo(1);
  }

  @Test
  void aLineIsPlainWhateverItsArguments() {
    bounded.add(Level.INFO, "refused %s %d", "a\r\nSEVERE forged\u001b" + "x".repeat(5_000), 7);
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).matches("INFO refused a\\?\\?SEVERE forged\\?x+\\.\\.\\. 7");
    assertThat(log.ours().get(0)).hasSizeLessThan(450);
  }

  @Test
  void afterAQuietTimeABurstIsWrittenAgainAndNoMore() {
    flood(LineBudget.BURST + 1);
    clock.advance(Duration.ofHours(1));
    flood(LineBudget.BURST + 1);
    assertThat(linesOf("refused x")).isEqualTo(2 * LineBudget.BURST);
  }

  @Test
  void aClockThatIsSetBackStopsNoLines() {
    clock.advance(Duration.ofHours(-1));
    flood(LineBudget.BURST);
    clock.advance(Duration.ofSeconds(1));
    flood(1);
    assertThat(linesOf("refused x")).isEqualTo(LineBudget.BURST + 1);
  }
}
