package io.gatehouse.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("case-82")
class PatienceTest {
  private final Patience patience = new Patience(Duration.ofSeconds(5), 1);

  private static long within(Patience patience) {
    return patience.await(it -> it, -1L);
  }

  @Test
  void whoHasAPlaceWaitsLongest() {
    assertThat(within(patience)).isEqualTo(5_000);
  }

  @Test
  void whoFoundNoPlaceWaitsASecondAndFreesNone() {
    patience.await(
        it -> {
          assertThat(within(patience)).isEqualTo(1_000);
          assertThat(within(patience)).isEqualTo(1_000);
          return it;
        },
        -1L);
  }

  @Test
  void whoFoundNoPlaceWaitsNoLongerThanTheLongest() {
    var brief = new Patience(Duration.ofMillis(999), 1);
    assertThat(brief.<Long>await(it -> within(brief), -1L)).isEqualTo(999);
  }

  @Test
  void longerWaitsTakeTheSamePlaces() {
    var longer = patience.plus(Duration.ofSeconds(2));
    assertThat(within(longer)).isEqualTo(7_000);
    assertThat(patience.<Long>await(it -> within(longer), -1L)).isEqualTo(1_000);
  }

  @Test
  void aPlaceIsFreeAgainHoweverTheWaitEnded() {
    assertThatThrownBy(
            () ->
                patience.await(
                    it -> {
                      throw new IllegalStateException();
                    },
                    ""))
        .isInstanceOf(IllegalStateException.class);
    assertThat(within(patience)).isEqualTo(5_000);
    assertThat(within(patience)).isEqualTo(5_000);
  }

  @Test
  void whoIsInterruptedStaysInterruptedAndSaysOtherwise() {
    var said =
        patience.await(
            it -> {
              throw new InterruptedException();
            },
            "otherwise");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(said).isEqualTo("otherwise");
    assertThat(within(patience)).isEqualTo(5_000);
  }
}
