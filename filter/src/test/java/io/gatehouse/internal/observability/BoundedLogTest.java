package io.gatehouse.internal.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-89")
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
