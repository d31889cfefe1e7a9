package io.gatehouse.internal.server;

import static io.gatehouse.internal.jose.TestKeys.jwks;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.jose.TestKeys.with;
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
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationServerTest {
  private static final String JWKS = ISSUER + "/jwks";
  private static final KeyPair OLD = TestKeys.p256("the server's old key");
  private static final KeyPair NEW = TestKeys.p256("the server's new key");

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeCalls calls =
      new FakeCalls().serve(JWKS, answer(200, jwks(publicJwk(OLD.getPublic(), "old"))));
  private final AuthorizationServer server = server(TestLogin.ENDPOINTS);

  private AuthorizationServer server(Map<Endpoint, URI> configured) {
    return new AuthorizationServer(
        ISSUER,
        configured,
        new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
        calls,
        clock,
        new BoundedWait(Duration.ofSeconds(1), 100));
  }

  private VerifiedJwt verify(String kid, KeyPair key)
      throws RejectedJwtException, LoginFailedException {
    var header = "{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}";
    return server.verify(CompactJws.parse(RawJws.signed(header, "{\"a\":1}", key.getPrivate())));
  }

  private void assertUnknown(String kid) {
    assertThatThrownBy(() -> verify(kid, NEW))
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
    "301, '', MISCONFIGURED",
    "308, '', MISCONFIGURED",
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
  void namesAByteOrderMark() {
    calls.serve(JWKS, answer(200, "\ufeff" + jwks(publicJwk(OLD.getPublic(), "old"))));
    assertThatThrownBy(() -> verify("old", OLD))
        .hasMessageStartingWith("the JWKS begins with a byte order mark");
  }

  @Test
  void tellsOfTheKeysThatItDoesNotUseWhenTheyChange() throws Exception {
    var told = new ArrayList<String>();
    var telling =
        new AuthorizationServer(
            ISSUER,
            TestLogin.ENDPOINTS,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            calls,
            clock,
            new BoundedWait(Duration.ofSeconds(1), 100),
            told::add);
    var good = publicJwk(OLD.getPublic(), "old");
    var other = with(publicJwk(NEW.getPublic(), "new"), "use", "enc");
    calls.serve(JWKS, answer(200, jwks(good, other)));
    var header = "{\"alg\":\"ES256\",\"kid\":\"new\"}";
    var jws = CompactJws.parse(RawJws.signed(header, "{\"a\":1}", NEW.getPrivate()));
    for (var i = 0; i < 5; i++) {
      assertThatThrownBy(() -> telling.verify(jws)).isInstanceOf(RejectedJwtException.class);
      clock.advance(Duration.ofSeconds(60));
    }
    assertThat(told).containsExactly("key new is for another use (its use is not sig)");
    calls.serve(JWKS, answer(200, jwks(good, with(other, "use", "sig"))));
    assertThat(telling.verify(jws).has("a")).isTrue();
    assertThat(told).hasSize(1);
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
    assertThat(discovering.verify(jws).has("a")).isTrue();
    assertThat(discovering.verify(jws).has("a")).isTrue();
    assertThat(calls.gets).containsExactly(ISSUER + "/.well-known/openid-configuration", JWKS);
  }
}
