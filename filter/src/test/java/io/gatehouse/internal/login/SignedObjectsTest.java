package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.TestClients;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The memory of signed request objects. */
@Tag("case-24")
@Tag("case-130")
class SignedObjectsTest {
  private static final String PLACE = "/gatehouse";

  private final LoginKeyRing ring =
      new LoginKeyRing(
          List.of(keys()),
          new FixedRandom(),
          new AdjustableClock(),
          Duration.ofMinutes(5),
          Duration.ofSeconds(60));
  private final SignedObjects objects = new SignedObjects();
  private final AtomicInteger signatures = new AtomicInteger();

  private static LoginKeys keys() {
    return new LoginKeys(
        new byte[] {1, 2, 3},
        TestClients.named(ValidConfiguration.ISSUER, "client"),
        "https://app.example/shop",
        new FixedRandom());
  }

  private LoginKeyRing.Opened opened(PendingLogin login, String detail) {
    return ring.openHandle(login.handle(PLACE, detail), PLACE).orElseThrow();
  }

  private String sign() {
    return "object " + signatures.incrementAndGet();
  }

  private String slowly() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return sign();
  }

  @Test
  void ofManyWhoAskAtOnceOneSigns() throws Exception {
    var login = ring.begin();
    var together = new CyclicBarrier(8);
    Callable<String> fetching =
        () -> {
          var opened = opened(login, "");
          together.await();
          return objects.of(opened, this::slowly);
        };
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (var fetched : threads.invokeAll(Collections.nCopies(8, fetching))) {
        assertThat(fetched.get()).isEqualTo("object 1");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anotherHandleOfALoginIsTheSameObjectOnlyIfItsDetailIs() {
    var login = ring.begin();
    assertThat(objects.of(opened(login, "a"), this::sign)).isEqualTo("object 1");
    assertThat(objects.of(opened(login, "a"), this::sign)).isEqualTo("object 1");
    assertThat(objects.of(opened(login, "b"), this::sign)).isEqualTo("object 2");
    assertThat(objects.of(opened(ring.begin(), "a"), this::sign)).isEqualTo("object 3");
  }

  // A client secret may stay while the key that signs requests changes.
  @Test
  void aChangedClientSignsAnew() {
    var login = ring.begin();
    var handle = login.handle(PLACE, "");
    assertThat(objects.of(opened(login, ""), this::sign)).isEqualTo("object 1");
    ring.change(List.of(keys()));
    var now = ring.openHandle(handle, PLACE).orElseThrow();
    assertThat(objects.of(now, this::sign)).isEqualTo("object 2");
  }

  @Test
  void whatCouldNotBeSignedIsTriedAgain() {
    var opened = opened(ring.begin(), "");
    assertThatThrownBy(
            () ->
                objects.of(
                    opened,
                    () -> {
                      throw new IllegalStateException("not now");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(objects.of(opened, this::sign)).isEqualTo("object 1");
  }
}
