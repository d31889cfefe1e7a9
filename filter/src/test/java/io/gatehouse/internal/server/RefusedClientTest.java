package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.protocol.AdjustableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedClientTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final RefusedClient refused = new RefusedClient(clock);

  @Test
  void aClientThatWasNotRefusedDoesNotPause() {
    assertThat(refused.pausedUntil("shop")).isEmpty();
  }

  @Test
  void thePauseDoublesWithEachRefusalUpToFiveMinutes() {
    var pauses = new ArrayList<Long>();
    for (int i = 0; i < 8; i++) {
      var until = refused.refused("shop");
      assertThat(refused.pausedUntil("shop")).hasValue(until);
      pauses.add(Duration.between(clock.instant(), until).toSeconds());
      clock.advance(Duration.between(clock.instant(), until));
      assertThat(refused.pausedUntil("shop")).isEmpty();
    }
    assertThat(pauses).isEqualTo(List.of(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L));
  }

  @Test
  void refusalsOfCallsThatWereUnderWayAreOne() {
    var until = refused.refused("shop");
    clock.advance(Duration.ofSeconds(9));
    assertThat(refused.refused("shop")).isEqualTo(until);
  }

  @Test
  void aClientWithAnotherKeyIsTriedAtOnceAndPausesAnew() {
    refused.refused("shop");
    clock.advance(RefusedClient.FIRST);
    refused.refused("shop");
    assertThat(refused.pausedUntil("changed")).isEmpty();
    assertThat(refused.refused("changed")).isEqualTo(clock.instant().plus(RefusedClient.FIRST));
  }

  @Test
  void anAcceptedClientPausesNoLonger() {
    refused.refused("shop");
    refused.accepted("another");
    assertThat(refused.pausedUntil("shop")).isPresent();
    refused.accepted("shop");
    assertThat(refused.pausedUntil("shop")).isEmpty();
    assertThat(refused.refused("shop")).isEqualTo(clock.instant().plus(RefusedClient.FIRST));
  }

  @Test
  void aPauseFromBeforeTheClockWasPutRightIsOver() {
    refused.refused("shop");
    clock.advance(Duration.ofHours(-3));
    assertThat(refused.pausedUntil("shop")).isEqualTo(Optional.empty());
  }
}
