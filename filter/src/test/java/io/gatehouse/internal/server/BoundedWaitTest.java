package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-82")
class BoundedWaitTest {
  private final BoundedWait boundedWait = new BoundedWait(Duration.ofSeconds(5), 1);

  private static long within(BoundedWait boundedWait) {
    return boundedWait.await(it -> it, -1L);
  }

  @Test
  void whoHasAPlaceWaitsLongest() {
    assertThat(within(boundedWait)).isEqualTo(5_000);
  }

  @Test
  void whoFoundNoPlaceWaitsBrieflyAndFreesNone() {
    boundedWait.await(
        it -> {
          assertThat(within(boundedWait)).isEqualTo(3_000);
          assertThat(within(boundedWait)).isEqualTo(3_000);
          return it;
        },
        -1L);
  }

  @Test
  void whoFoundNoPlaceWaitsNoLongerThanTheLongest() {
    var brief = new BoundedWait(Duration.ofMillis(2_999), 1);
    assertThat(brief.<Long>await(it -> within(brief), -1L)).isEqualTo(2_999);
  }

  @Test
  void aPlaceIsFreeAgainHoweverTheWaitEnded() {
    assertThatThrownBy(
            () ->
                boundedWait.await(
                    it -> {
                      throw new IllegalStateException();
                    },
                    ""))
        .isInstanceOf(IllegalStateException.class);
    assertThat(within(boundedWait)).isEqualTo(5_000);
    assertThat(within(boundedWait)).isEqualTo(5_000);
  }

  @Test
  void whoIsInterruptedStaysInterruptedAndSaysOtherwise() {
    var said =
        boundedWait.await(
            it -> {
              throw new InterruptedException();
            },
            "otherwise");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(said).isEqualTo("otherwise");
    assertThat(within(boundedWait)).isEqualTo(5_000);
  }
}
