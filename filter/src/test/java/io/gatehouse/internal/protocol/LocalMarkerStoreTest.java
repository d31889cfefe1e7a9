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
  private final LocalMarkerStore marks = new LocalMarkerStore(clock);

  @Test
  @Tag("case-83")
  void findsAMarkUntilItsTimeIsOver() {
    marks.raise("a", 7, MINUTE);
    clock.advance(MINUTE.minusMillis(1));
    assertThat(marks.find("a")).hasValue(7L);
    assertThat(marks.find("b")).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(marks.find("a")).isEmpty();
  }

  @Test
  void aMarkIsRaisedAndNeverLowered() {
    marks.raise("a", 7, MINUTE);
    marks.raise("a", 6, MINUTE);
    assertThat(marks.find("a")).hasValue(7L);
    marks.raise("a", 8, MINUTE);
    assertThat(marks.find("a")).hasValue(8L);
  }

  @Test
  void aMarkThatIsSetAgainIsKeptAnew() {
    marks.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    marks.raise("a", 7, MINUTE);
    clock.advance(Duration.ofSeconds(40));
    marks.raise("b", 1, MINUTE); // which forgets what is over
    assertThat(marks.find("a")).hasValue(7L);
  }

  @Test
  void aValueThatIsOverIsReplacedByALowerOne() {
    marks.raise("a", 7, MINUTE);
    clock.advance(MINUTE);
    marks.raise("a", 6, MINUTE);
    assertThat(marks.find("a")).hasValue(6L);
  }

  @Test
  @Tag("case-83")
  void putsOnceUntilItsTimeIsOver() {
    assertThat(marks.putIfAbsent("a", 7, MINUTE)).isTrue();
    assertThat(marks.putIfAbsent("a", 8, MINUTE)).isFalse();
    assertThat(marks.find("a")).hasValue(7L);
    clock.advance(MINUTE);
    assertThat(marks.putIfAbsent("a", 9, MINUTE)).isTrue();
    assertThat(marks.find("a")).hasValue(9L);
  }

  @Test
  @Tag("case-83")
  void whatWouldEndFirstGoesFirstWhenItIsFull() {
    marks.raise("session", 1, Duration.ofHours(12));
    for (int i = 0; i <= LocalMarkerStore.MOST; i++) {
      marks.putIfAbsent("jti " + i, 1, MINUTE.plusMillis(i));
    }
    assertThat(marks.find("session")).isPresent();
    assertThat(marks.find("jti 0")).isEmpty();
    assertThat(marks.find("jti 1")).isEmpty();
    assertThat(marks.find("jti 2")).isPresent();
    assertThat(marks.find("jti " + LocalMarkerStore.MOST)).isPresent();
  }

  @Test
  void aMarkThatIsSetAgainPushesNoOtherOut() {
    for (int i = 0; i < LocalMarkerStore.MOST; i++) {
      marks.raise("m" + i, 1, MINUTE);
    }
    marks.raise("m7", 2, MINUTE);
    assertThat(marks.find("m0")).isPresent();
    assertThat(marks.find("m7")).hasValue(2L);
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
                marks.raise("highest " + name, value, MINUTE);
                return marks.putIfAbsent(name, value, MINUTE);
              };
          puts.add(threads.submit(put));
        }
        var first = 0;
        for (var put : puts) {
          first += put.get() ? 1 : 0;
        }
        assertThat(first).isEqualTo(1);
        assertThat(marks.find("highest " + name)).hasValue(7L);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aMarkWithoutTimeLeftIsNone() {
    var marks = new LocalMarkerStore(clock);
    assertThat(marks.putIfAbsent("x", 1, Duration.ZERO)).isTrue();
    assertThat(marks.find("x")).isEmpty();
  }

  @Test
  void tellThatOneWasRaised() {
    var before = marks.raised();
    marks.raise("a", 1, Duration.ofHours(1));
    assertThat(marks.raised()).isNotEqualTo(before).isNotNegative();
    var after = marks.raised();
    marks.raise("a", 2, Duration.ofHours(1));
    assertThat(marks.raised()).isNotEqualTo(after);
  }

  @Test
  void doNotTellOfThoseThatChangeNothing() {
    marks.raise("a", 2, Duration.ofHours(1));
    var before = marks.raised();
    marks.raise("a", 1, Duration.ofHours(1));
    marks.putIfAbsent("once", 1, Duration.ofHours(1));
    assertThat(marks.raised()).isEqualTo(before);
  }
}
