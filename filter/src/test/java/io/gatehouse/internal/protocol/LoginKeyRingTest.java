package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.Many;
import io.gatehouse.internal.jose.TestKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoginKeyRingTest {
  private static final String PLACE = "/shop/gatehouse";
  private static final String DETAIL = "/orders?id=1&name=\u00e9";

  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = TestLogin.ring(clock, TestLogin.keys("current"));
  private final PendingLogin login = ring.begin();

  private static void assertSame(PendingLogin one, PendingLogin other) {
    assertThat(one.id()).isEqualTo(other.id());
    assertThat(one.state().value()).isEqualTo(other.state().value());
    assertThat(one.nonce().value()).isEqualTo(other.nonce().value());
    assertThat(one.codeVerifier().value()).isEqualTo(other.codeVerifier().value());
    assertThat(one.jti()).isEqualTo(other.jti());
    assertThat(one.cookieSuffix()).isEqualTo(other.cookieSuffix());
    assertThat(one.begun()).isEqualTo(other.begun());
  }

  @Test
  @Tag("case-24")
  void opensAHandleAndACookieOfItsOwn() {
    var handle = ring.openHandle(login.handle(PLACE, DETAIL), PLACE).orElseThrow();
    assertSame(handle.login(), login);
    assertThat(handle.detail()).isEqualTo(DETAIL);
    var cookie = ring.openCookie(login.cookie(PLACE, DETAIL), PLACE).orElseThrow();
    assertSame(cookie.login(), login);
    assertThat(cookie.detail()).isEqualTo(DETAIL);
    assertThat(cookie.expired()).isFalse();
  }

  @Test
  @Tag("case-24")
  void opensThemAgainAndAgain() {
    var handle = login.handle(PLACE, "");
    assertSame(ring.openHandle(handle, PLACE).orElseThrow().login(), login);
    assertSame(ring.openHandle(handle, PLACE).orElseThrow().login(), login);
  }

  @Test
  @Tag("case-24")
  void opensThemOnAnotherNodeWithTheSameConfiguration() {
    var otherNode =
        new LoginKeyRing(
            List.of(TestLogin.keys("current")),
            TestKeys.fixedRandom("other node"),
            clock,
            TestLogin.LOGIN_TIMEOUT,
            TestLogin.CLOCK_SKEW);
    assertSame(otherNode.openHandle(login.handle(PLACE, ""), PLACE).orElseThrow().login(), login);
    assertSame(otherNode.openCookie(login.cookie(PLACE, ""), PLACE).orElseThrow().login(), login);
  }

  @Test
  @Tag("case-24")
  @Tag("case-88")
  void opensThemUnderThePreviousAndTheNextKey() {
    var next = TestLogin.ring(clock, TestLogin.keys("next"), TestLogin.keys("current"));
    assertSame(next.openHandle(login.handle(PLACE, ""), PLACE).orElseThrow().login(), login);
    var begunThere = next.begin();
    var here = TestLogin.ring(clock, TestLogin.keys("current"), TestLogin.keys("next"));
    assertSame(
        here.openCookie(begunThere.cookie(PLACE, ""), PLACE).orElseThrow().login(), begunThere);
    assertThat(ring.openCookie(begunThere.cookie(PLACE, ""), PLACE))
        .as("it begins logins under its first key")
        .isEmpty();
  }

  static Stream<Arguments> foreignKeys() {
    return Stream.of(
        Arguments.of("another key", "other", TestLogin.ISSUER, TestLogin.CLIENT_ID, "app"),
        Arguments.of("another issuer", "key", "https://op2.example", TestLogin.CLIENT_ID, "app"),
        Arguments.of("another client", "key", TestLogin.ISSUER, "another-client", "app"),
        Arguments.of("another application", "key", TestLogin.ISSUER, TestLogin.CLIENT_ID, "app2"),
        Arguments.of(
            "the same letters otherwise parted",
            "key",
            TestLogin.ISSUER + TestLogin.CLIENT_ID.charAt(0),
            TestLogin.CLIENT_ID.substring(1),
            "app"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreignKeys")
  @Tag("case-23")
  @Tag("case-30")
  void refusesWhatWasSealedElsewhere(
      String what, String material, String issuer, String clientId, String application) {
    var own = ring("key", TestLogin.ISSUER, TestLogin.CLIENT_ID, "app");
    var foreign = ring(material, issuer, clientId, application).begin();
    assertThat(own.openHandle(foreign.handle(PLACE, ""), PLACE)).as(what).isEmpty();
    assertThat(own.openCookie(foreign.cookie(PLACE, ""), PLACE)).as(what).isEmpty();
    assertThat(own.openHandle(own.begin().handle(PLACE, ""), PLACE)).isPresent();
  }

  private LoginKeyRing ring(String material, String issuer, String clientId, String application) {
    var random = TestKeys.fixedRandom("the same random numbers");
    var bytes = material.getBytes(StandardCharsets.UTF_8);
    return TestLogin.ring(
        clock, new LoginKeys(bytes, TestClients.named(issuer, clientId), application, random));
  }

  @Test
  @Tag("case-30")
  void refusesAnotherPlace() {
    assertThat(ring.openHandle(login.handle(PLACE, ""), "/other/gatehouse")).isEmpty();
    assertThat(ring.openCookie(login.cookie(PLACE, ""), "/other/gatehouse")).isEmpty();
  }

  @Test
  @Tag("case-25")
  @Tag("case-29")
  void aHandleIsNoCookieAndACookieNoHandle() {
    assertThat(ring.openCookie(login.handle(PLACE, ""), PLACE)).isEmpty();
    assertThat(ring.openHandle(login.cookie(PLACE, ""), PLACE)).isEmpty();
  }

  @Test
  @Tag("case-23")
  @Tag("case-31")
  void refusesAnExpiredHandleAndTellsOfAnExpiredCookie() {
    var handle = login.handle(PLACE, "");
    var cookie = login.cookie(PLACE, "");
    clock.advance(TestLogin.LOGIN_TIMEOUT.minusMillis(1));
    assertThat(ring.openHandle(handle, PLACE)).isPresent();
    assertThat(ring.openCookie(cookie, PLACE).orElseThrow().expired()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(ring.openHandle(handle, PLACE)).isEmpty();
    assertThat(ring.openCookie(cookie, PLACE).orElseThrow().expired()).isTrue();
  }

  @Test
  @Tag("case-23")
  void refusesOneFromTheFutureBeyondTheClockSkew() {
    clock.advance(Duration.ofSeconds(61));
    var future = ring.begin();
    clock.advance(Duration.ofSeconds(-2));
    assertThat(ring.openHandle(future.handle(PLACE, ""), PLACE)).isPresent();
    clock.advance(Duration.ofSeconds(-59));
    assertThat(ring.openHandle(future.handle(PLACE, ""), PLACE)).isEmpty();
    assertThat(ring.openCookie(future.cookie(PLACE, ""), PLACE)).isEmpty();
  }

  @Test
  @Tag("case-23")
  void refusesRandomAndFlippedHandles() {
    var genuine = Base64Url.decode(login.handle(PLACE, "")).orElseThrow();
    var opened =
        IntStream.range(0, Many.TIMES)
            .parallel()
            .filter(it -> ring.openHandle(Base64Url.encode(forged(genuine, it)), PLACE).isPresent())
            .count();
    assertThat(opened).isZero();
    assertThat(ring.openHandle(Base64Url.encode(genuine), PLACE)).isPresent();
  }

  // Of any length with the right version, or the genuine one with one to four bytes changed.
  private static byte[] forged(byte[] genuine, int number) {
    var random = new Random(number);
    if (number % 2 == 0) {
      var bytes = new byte[1 + random.nextInt(100)];
      random.nextBytes(bytes);
      bytes[0] = 1;
      return bytes;
    }
    var flipped = genuine.clone();
    var first = random.nextInt(flipped.length);
    for (int i = 0; i <= random.nextInt(4); i++) {
      flipped[(first + i) % flipped.length] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  @Test
  void needsAtLeastTheCurrentKeys() {
    assertThatThrownBy(() -> TestLogin.ring(clock)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("case-37")
  void everyParameterOfManyLoginsIsUnique() {
    var seen = new long[4 * Many.TIMES];
    IntStream.range(0, Many.TIMES)
        .parallel()
        .forEach(
            it -> {
              var parameters = parameters(ring.begin());
              for (int i = 0; i < 4; i++) {
                // 64 of the 256 bits: by chance two of a million are the same in one of two million
                // runs
                seen[4 * it + i] = ByteBuffer.wrap(parameters.get(i)).getLong();
              }
            });
    Arrays.parallelSort(seen);
    for (int i = 1; i < seen.length; i++) {
      assertThat(seen[i] == seen[i - 1]).isFalse();
    }
  }

  /**
   * Every bit of a parameter agrees with that of another in half of the logins, also of the next
   * login.
   */
  @Test
  @Tag("case-37")
  void noParameterTellsAnythingOfAnotherOrOfTheNextLogins() {
    var logins = Stream.generate(() -> parameters(ring.begin())).limit(2_000).toList();
    for (int one = 0; one < 4; one++) {
      for (int other = 0; other < 4; other++) {
        for (int later = one < other ? 0 : 1; later <= 1; later++) {
          for (int bit = 0; bit < 256; bit++) {
            var agreeing = 0;
            for (int i = 0; i + later < logins.size(); i++) {
              agreeing +=
                  bit(logins.get(i).get(one), bit) == bit(logins.get(i + later).get(other), bit)
                      ? 1
                      : 0;
            }
            // half is 1,000, and 140 more or less are six standard deviations
            assertThat(agreeing >= 860 && agreeing <= 1140)
                .as("bit %d of %d and %d: %d", bit, one, other, agreeing)
                .isTrue();
          }
        }
      }
    }
  }

  private static int bit(byte[] bytes, int index) {
    return bytes[index / 8] >> (index % 8) & 1;
  }

  private static List<byte[]> parameters(PendingLogin login) {
    return Stream.of(
            login.state().value(), login.nonce().value(), login.codeVerifier().value(), login.jti())
        .map(it -> Base64Url.decode(it).orElseThrow())
        .toList();
  }

  @Test
  @Tag("case-37")
  void parametersAre43CharactersOfBase64UrlAndHoldNothingOfTheId() {
    var id = Base64Url.encode(login.id().bytes()).substring(0, 12);
    for (var value :
        List.of(
            login.state().value(),
            login.nonce().value(),
            login.codeVerifier().value(),
            login.jti())) {
      assertThat(value).matches("[A-Za-z0-9_-]{43}").doesNotContain(id); // RFC 7636 4.1
    }
    assertThat(login.cookieSuffix()).hasSize(10);
    assertThat(login.state().value()).doesNotContain(login.cookieSuffix());
  }

  @Test
  void aNonceMatchesItselfOnly() {
    var state = login.state();
    assertThat(state.matches(state.value())).isTrue();
    assertThat(state.matches(login.nonce().value())).isFalse();
    assertThat(state.matches("")).isFalse();
    assertThat(state.matches(state.value() + "A")).isFalse();
    assertThat(state.matches(state.value().substring(1))).isFalse();
  }

  @Test
  void whatIsSealedForNodesOpensWithTheSameKeysAndPlaceOnly() {
    var content = new byte[] {1, 2};
    var ring = TestLogin.ring(clock, TestLogin.keys("material"));
    var sealed = ring.sealForNodes(content, "place");
    var other = TestLogin.ring(clock, TestLogin.keys("new"), TestLogin.keys("material"));
    assertThat(other.openFromNodes(sealed, "place")).hasValue(content);
    assertThat(ring.openFromNodes(sealed, "elsewhere")).isEmpty();
    assertThat(TestLogin.ring(clock, TestLogin.keys("new")).openFromNodes(sealed, "place"))
        .isEmpty();
  }
}
