package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LocalMarkerStoreTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AdjustableClock clock = new AdjustableClock();
  private final LocalMarkerStore markers = new LocalMarkerStore(clock);

  @Test
  @Tag("case-83")
  void findsAMarkUntilItsTimeIsOver() {
    markers.raise("a", 7, MINUTE);
    clock.advance(MINUTE.minusMillis(1));
    assertThat(markers.find("a")).hasValue(7L);
    assertThat(markers.find("b")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(markers.find("a")).isEmpty();
  }

  @Test
  void aMarkIsRaisedAndNeverLowered() {
    markers.raise("a", 7, MINUTE);
    markers.raise("a", 6, MINUTE);
    assertThat(markers.find("a")).hasValue(7L);
    markers.raise("a", 8, MINUTE);
    assertThat(markers.find("a")).hasValue(8L);
  }

  @Test
  void aMarkThatIsSetAgainIsKeptAnew() {
    markers.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    markers.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    markers.raise("b", 1, MINUTE); // which forgets what is over
    assertThat(markers.find("a")).hasValue(7L);
  }

  @Test
  void aValueThatIsOverIsReplacedByALowerOne() {
    markers.raise("a", 7, MINUTE);
    clock.advance(MINUTE);
    markers.raise("a", 6, MINUTE);
    assertThat(markers.find("a")).hasValue(6L);
  }

  @Test
  @Tag("case-83")
  void putsOnceUntilItsTimeIsOver() {
    assertThat(markers.putIfAbsent("a", 7, MINUTE)).isTrue();
    assertThat(markers.putIfAbsent("a", 8, MINUTE)).isFalse();
    assertThat(markers.find("a")).hasValue(7L);
    clock.advance(MINUTE);
    assertThat(markers.putIfAbsent("a", 9, MINUTE)).isTrue();
    assertThat(markers.find("a")).hasValue(9L);
  }

  @Test
  @Tag("case-83")
  void whatWouldEndFirstGoesFirstWhenItIsFull() {
    markers.raise("session", 1, Duration.ofHours(12));
    for (int i = 0; i <= LocalMarkerStore.MOST; i++) {
      markers.putIfAbsent("jti " + i, 1, MINUTE.plusMillis(i));
    }
    assertThat(markers.find("session")).isPresent();
    assertThat(markers.find("jti 0")).isEmpty();
    assertThat(markers.find("jti 1")).isEmpty();
    assertThat(markers.find("jti 2")).isPresent();
    assertThat(markers.find("jti " + LocalMarkerStore.MOST)).isPresent();
  }

  @Test
  void aMarkThatIsSetAgainPushesNoOtherOut() {
    for (int i = 0; i < LocalMarkerStore.MOST; i++) {
      markers.raise("m" + i, 1, MINUTE);
    }
    markers.raise("m7", 2, MINUTE);
    assertThat(markers.find("m0")).isPresent();
    assertThat(markers.find("m7")).hasValue(2L);
  }

  @Test
  void ofManyThreadsOnePutsAndTheHighestStays() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        var name = "round " + round;
        var start = new CyclicBarrier(8);
        var puts = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < 8; i++) {
          var value = i;
          Callable<Boolean> put =
              () -> {
                start.await();
                markers.raise("highest " + name, value, MINUTE);
                return markers.putIfAbsent(name, value, MINUTE);
              };
          puts.add(threads.submit(put));
        }
        var first = 0;
        for (var put : puts) {
          first += put.get() ? 1 : 0;
        }
        assertThat(first).isEqualTo(1);
        assertThat(markers.find("highest " + name)).hasValue(7L);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aMarkWithoutTimeLeftIsNone() {
    var markers = new LocalMarkerStore(clock);
    assertThat(markers.putIfAbsent("x", 1, Duration.ZERO)).isTrue();
    assertThat(markers.find("x")).isEmpty();
  }

  @Test
  void tellThatOneWasRaised() {
    var before = markers.raised();
    markers.raise("a", 1, Duration.ofHours(1));
    assertThat(markers.raised()).isNotEqualTo(before).isNotNegative();
    var after = markers.raised();
    markers.raise("a", 2, Duration.ofHours(1));
    assertThat(markers.raised()).isNotEqualTo(after);
  }

  @Test
  void doNotTellOfThoseThatChangeNothing() {
    markers.raise("a", 2, Duration.ofHours(1));
    var before = markers.raised();
    markers.raise("a", 1, Duration.ofHours(1));
    markers.putIfAbsent("once", 1, Duration.ofHours(1));
    assertThat(markers.raised()).isEqualTo(before);
  }
}
