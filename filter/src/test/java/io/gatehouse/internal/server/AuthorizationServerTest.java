package io.gatehouse.internal.server;

import static io.gatehouse.internal.jose.TestKeys.jwks;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.jose.VerifiedJwt;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.TestLogin;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AuthorizationServerTest {
  private static final String JWKS = ISSUER + "/jwks";
  private static final KeyPair OLD = TestKeys.p256("the server's old key");
  private static final KeyPair NEW = TestKeys.p256("the server's new key");

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeCalls calls =
      new FakeCalls().serve(JWKS, answer(200, jwks(publicJwk(OLD.getPublic(), "old"))));
  private final AuthorizationServer server = server(TestLogin.ENDPOINTS);

  private AuthorizationServer server(Map<Endpoint, URI> configured) {
    return server(configured, calls);
  }

  private AuthorizationServer server(Map<Endpoint, URI> configured, ServerCalls made) {
    return new AuthorizationServer(
        ISSUER,
        configured,
        new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
        made,
        clock,
        new BoundedWait(Duration.ofSeconds(60), 100));
  }

  private VerifiedJwt verify(String kid, KeyPair key)
      throws RejectedJwtException, LoginFailedException {
    return verify(kid, key, JwtSource.LOGOUT_TOKEN);
  }

  private VerifiedJwt verify(String kid, KeyPair key, JwtSource source)
      throws RejectedJwtException, LoginFailedException {
    return server.verify(signedBy(kid, key), source);
  }

  private static CompactJws signedBy(String kid, KeyPair key) throws RejectedJwtException {
    var header = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
    return CompactJws.parse(RawJws.signed(header, "{\"a\":1}", key.getPrivate()));
  }

  private void assertUnknown(String kid) {
    assertUnknown(kid, JwtSource.LOGOUT_TOKEN);
  }

  private void assertUnknown(String kid, JwtSource source) {
    assertThatThrownBy(() -> verify(kid, NEW, source))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("kid is that of no key of the server");
  }

  private void rotate() {
    calls.serve(
        JWKS,
        answer(200, jwks(publicJwk(OLD.getPublic(), "old"), publicJwk(NEW.getPublic(), "new"))));
  }

  @Test
  void fetchesTheKeysOnceForManySignatures() throws Exception {
    for (var i = 0; i < 5; i++) {
      assertThat(verify("old", OLD).has("a")).isTrue();
    }
    assertThat(calls.count(JWKS)).isEqualTo(1);
  }

  @Test
  @Tag("case-53")
  void acceptsAKeyThatTheServerHasJustTakenIntoUse() throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    rotate();
    assertThat(verify("new", NEW).has("a")).isTrue();
    assertThat(verify("old", OLD).has("a")).isTrue();
    assertThat(calls.count(JWKS)).isEqualTo(2);
  }

  @Test
  @Tag("case-81")
  void aFloodOfRandomKidsMakesOneFetchAMinute() throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    for (var i = 0; i < 100; i++) {
      assertUnknown("random-" + i);
    }
    assertThat(calls.count(JWKS)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(60));
    assertUnknown("random");
    assertUnknown("random");
    assertThat(calls.count(JWKS)).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("case-81")
  void inventedKidsOfOneSourceLeaveTheOthersTheirRenewal(JwtSource flooded) throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    assertUnknown("random", flooded);
    clock.advance(Duration.ofSeconds(4));
    rotate();
    assertUnknown("new", flooded);
    for (var other : JwtSource.values()) {
      if (other != flooded) {
        assertThat(verify("new", NEW, other).has("a")).isTrue();
      }
    }
    assertThat(calls.count(JWKS)).as("one for the other sources").isEqualTo(3);
  }

  @Test
  void aUserWaitsSecondsForAKeyThatTheServerPublishesLate() throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    assertUnknown("new", JwtSource.ID_TOKEN);
    rotate();
    clock.advance(JwtSource.ID_TOKEN.pause().minusMillis(1));
    assertUnknown("new", JwtSource.ID_TOKEN);
    clock.advance(Duration.ofMillis(1));
    assertThat(verify("new", NEW, JwtSource.ID_TOKEN).has("a")).isTrue();
  }

  /** Gives the answer of the moment at which a fetch began, once the test lets the fetch end. */
  private final class SlowCalls implements ServerCalls {
    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isSlow;

    @Override
    public ServerResponse get(URI uri) throws LoginFailedException {
      var answer = calls.get(uri);
      if (isSlow) {
        isSlow = false;
        began.countDown();
        await(end);
      }
      return answer;
    }

    @Override
    public ServerResponse post(URI uri, Map<String, String> form) {
      throw new UnsupportedOperationException();
    }
  }

  private static Thread.State stateOf(AtomicReference<Thread> thread) {
    return Objects.requireNonNull(thread.get()).getState();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aUserGetsAFetchOfTheirOwnAfterThatOfAStrangerWhichBeganTooEarly() throws Exception {
    var slow = new SlowCalls();
    var slowServer = server(TestLogin.ENDPOINTS, slow);
    assertThat(slowServer.verify(signedBy("old", OLD), JwtSource.ID_TOKEN).has("a")).isTrue();
    slow.isSlow = true;
    var threads = Executors.newCachedThreadPool();
    try {
      var stranger =
          threads.submit(() -> slowServer.verify(signedBy("random", NEW), JwtSource.LOGOUT_TOKEN));
      await(slow.began);
      rotate();
      var waits = new AtomicReference<>(Thread.currentThread());
      var user =
          threads.submit(
              () -> {
                waits.set(Thread.currentThread());
                return slowServer.verify(signedBy("new", NEW), JwtSource.ID_TOKEN).has("a");
              });
      while (stateOf(waits) != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      slow.end.countDown();
      assertThat(user.get(1, TimeUnit.MINUTES)).isTrue();
      assertThatThrownBy(stranger::get).hasCauseInstanceOf(RejectedJwtException.class);
    } finally {
      slow.end.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void aWrongSignatureOfAKnownKidMakesNoFetch() throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    assertThatThrownBy(() -> verify("old", NEW)).isInstanceOf(RejectedJwtException.class);
    assertThat(calls.count(JWKS)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "200, '', INVALID_ANSWER",
    "200, '{\"keys\":[]}', INVALID_ANSWER",
    "200, <html></html>, INVALID_ANSWER",
    "404, '', UNAVAILABLE",
    "302, '', UNAVAILABLE",
    "500, '', UNAVAILABLE"
  })
  @Tag("case-48")
  @Tag("case-86")
  void failsWithoutKeysAndKeepsTheOldOnesIfThereAreAny(int status, String body, Failure failure)
      throws Exception {
    var good = answer(200, jwks(publicJwk(OLD.getPublic(), "old")));
    calls.serve(JWKS, answer(status, body, Duration.ofSeconds(9)));
    assertThatThrownBy(() -> verify("old", OLD))
        .isInstanceOfSatisfying(
            LoginFailedException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    clock.advance(Fetched.PAUSE_AFTER_FAILURE);
    calls.serve(JWKS, good);
    assertThat(verify("old", OLD).has("a")).isTrue();
    calls.serve(JWKS, answer(status, body));
    clock.advance(Fetched.FRESH);
    assertThat(verify("old", OLD).has("a")).isTrue();
    clock.advance(Fetched.MAX_AGE);
    assertThatThrownBy(() -> verify("old", OLD)).isInstanceOf(LoginFailedException.class);
  }

  @Test
  @Tag("case-81")
  void refusesAJwksOf10000KeysAndKeepsTheOldOnes() throws Exception {
    assertThat(verify("old", OLD).has("a")).isTrue();
    var key = TestKeys.json(publicJwk(NEW.getPublic(), "new"));
    calls.serve(JWKS, answer(200, "{\"keys\":[" + (key + ",").repeat(9_999) + key + "]}"));
    clock.advance(Fetched.FRESH);
    assertThat(verify("old", OLD).has("a")).isTrue();
    assertThat(calls.count(JWKS)).isEqualTo(2);
  }

  @Test
  void findsTheKeysByDiscovery() throws Exception {
    calls.serve(
        ISSUER + "/.well-known/openid-configuration",
        answer(
            200,
            TestKeys.json(
                Map.of(
                    "issuer",
                    ISSUER,
                    "authorization_endpoint",
                    ISSUER + "/authorize",
                    "token_endpoint",
                    ISSUER + "/token",
                    "jwks_uri",
                    JWKS))));
    var discovering = server(Map.of());
    var header = "{\"alg\":\"ES256\",\"kid\":\"old\"}";
    var jws = CompactJws.parse(RawJws.signed(header, "{\"a\":1}", OLD.getPrivate()));
    assertThat(discovering.verify(jws, JwtSource.ID_TOKEN).has("a")).isTrue();
    assertThat(discovering.verify(jws, JwtSource.ID_TOKEN).has("a")).isTrue();
    assertThat(calls.gets).containsExactly(ISSUER + "/.well-known/openid-configuration", JWKS);
  }
}
