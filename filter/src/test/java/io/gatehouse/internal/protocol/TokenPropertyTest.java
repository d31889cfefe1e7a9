package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.protocol.TestLogin.CLIENT_ID;
import static io.gatehouse.internal.protocol.TestLogin.CLOCK_SKEW;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.jose.Mutations;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * ID tokens and logout tokens: the content that the authorization server signed for us, or a
 * refusal.
 */
class TokenPropertyTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final AdjustableClock CLOCK = new AdjustableClock();
  private static final long NOW = AdjustableClock.START.getEpochSecond();
  private static final PendingLogin LOGIN = TestLogin.begin(CLOCK);
  private static final AuthorizationServer SERVER =
      new AuthorizationServer(
          ISSUER,
          TestLogin.ENDPOINTS,
          new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
          new FakeCalls()
              .serve(
                  ISSUER + "/jwks",
                  FakeCalls.answer(200, TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1")))),
          CLOCK,
          new BoundedWait(Duration.ofSeconds(1), 100));
  private static final String ID_TOKEN = signed(idTokenClaims());
  private static final String LOGOUT_TOKEN = signed(logoutTokenClaims());

  private static Map<String, Object> idTokenClaims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("sub", "canary-sub");
    claims.put("aud", CLIENT_ID);
    claims.put("exp", NOW + 60);
    claims.put("iat", NOW);
    claims.put("nonce", LOGIN.nonce().value());
    return claims;
  }

  private static Map<String, Object> logoutTokenClaims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("aud", CLIENT_ID);
    claims.put("iat", NOW);
    claims.put("exp", NOW + 120);
    claims.put("jti", "canary-jti");
    claims.put("events", Map.of(EVENT, Map.of()));
    claims.put("sid", "canary-sid");
    return claims;
  }

  private static String signed(Map<String, Object> claims) {
    return RawJws.signed(HEADER, TestKeys.json(claims), KEY.getPrivate());
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> changedIdToken() {
    return Mutations.of(ID_TOKEN);
  }

  @Provide
  Arbitrary<String> changedLogoutToken() {
    return Mutations.of(LOGOUT_TOKEN);
  }

  @Provide
  Arbitrary<String> idTokenClaim() {
    return Arbitraries.of(idTokenClaims().keySet());
  }

  @Provide
  Arbitrary<String> logoutTokenClaim() {
    return Arbitraries.of("iss", "aud", "iat", "exp", "jti", "events");
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Map.of(), Set.of(), true, "", -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, 1e300, 0.5),
        Arbitraries.longs(),
        Arbitraries.doubles(),
        Mutations.anyText());
  }

  private static Optional<String> idToken(String compact) {
    var body =
        TestKeys.json(
            Map.of("access_token", "canary-a", "id_token", compact, "token_type", "Bearer"));
    try {
      var answer = TokenResponse.parse(body.getBytes(StandardCharsets.UTF_8));
      return Optional.of(
          new IdTokenVerifier(SERVER, ISSUER, TestLogin.SIGNED_ONLY, CLOCK_SKEW, CLOCK)
              .verify(answer, LOGIN, RequestedAuthentication.ANY)
              .compact());
    } catch (LoginFailedException refusal) {
      assertThat(refusal.failure()).isEqualTo(Failure.INVALID_ANSWER);
      assertTellsNothing(refusal);
      return Optional.empty();
    }
  }

  // Each time with markers of its own, so that no token is the second of its kind.
  private static boolean logsOut(String compact) {
    try {
      var verifier =
          new LogoutTokenVerifier(
              SERVER,
              ISSUER,
              TestLogin.ring(CLOCK, TestLogin.keys("m")),
              TestLogin.SIGNED_ONLY,
              CLOCK_SKEW,
              new LocalMarkerStore(CLOCK),
              CLOCK);
      assertThat(verifier.verify(compact).issuer()).isEqualTo(ISSUER);
      return true;
    } catch (LoginFailedException refusal) {
      assertThat(refusal.failure()).isEqualTo(Failure.INVALID_REQUEST);
      assertTellsNothing(refusal);
      return false;
    }
  }

  private static void assertTellsNothing(LoginFailedException refusal) {
    assertThat(refusal.reason())
        .doesNotContain("canary", LOGIN.nonce().value())
        .hasSizeLessThan(200);
  }

  @Property
  @Tag("case-52")
  @Tag("case-89")
  void anIdTokenThatWasChangedAnywhereIsRefused(@ForAll("changedIdToken") String changed) {
    assertThat(idToken(ID_TOKEN)).hasValue(ID_TOKEN);
    assertThat(idToken(changed)).isEmpty();
  }

  @Property
  @Tag("case-74")
  @Tag("case-89")
  void aLogoutTokenThatWasChangedAnywhereIsRefused(@ForAll("changedLogoutToken") String changed) {
    assertThat(logsOut(LOGOUT_TOKEN)).isTrue();
    assertThat(logsOut(changed)).isFalse();
  }

  @Property
  @Tag("case-49")
  @Tag("case-50")
  @Tag("case-55")
  void anIdTokenWithAnotherValueOfARequiredClaimIsReadOrRefused(
      @ForAll("idTokenClaim") String claim, @ForAll("values") Object value) {
    var read = idToken(signed(TestKeys.with(idTokenClaims(), claim, value)));
    if (Set.of("iss", "aud", "nonce").contains(claim)) {
      assertThat(read).isEmpty();
    }
  }

  @Property
  @Tag("case-74")
  void aLogoutTokenWithAnotherValueOfARequiredClaimIsReadOrRefused(
      @ForAll("logoutTokenClaim") String claim, @ForAll("values") Object value) {
    var read = logsOut(signed(TestKeys.with(logoutTokenClaims(), claim, value)));
    if (Set.of("iss", "aud", "events").contains(claim)) {
      assertThat(read).isFalse();
    }
  }

  @Property
  @Tag("case-55")
  @Tag("case-74")
  void whateverTheServerSignsIsReadOrRefused(@ForAll("texts") String text) {
    var jwt = RawJws.signed(HEADER, text, KEY.getPrivate());
    assertThat(idToken(jwt)).isEmpty();
    assertThat(logsOut(jwt)).isFalse();
    var claims = TestKeys.json(idTokenClaims());
    var more = claims.substring(0, claims.length() - 1) + ",\"more\":" + text + "}";
    idToken(RawJws.signed(HEADER, more, KEY.getPrivate()));
  }
}
