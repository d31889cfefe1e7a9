package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.jwks;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.jose.TestKeys.with;
import static io.gatehouse.internal.protocol.TestLogin.CLIENT_ID;
import static io.gatehouse.internal.protocol.TestLogin.CLOCK_SKEW;
import static io.gatehouse.internal.protocol.TestLogin.ENDPOINTS;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of OpenID Connect Back-Channel Logout 1.0 sections 2.4 and 2.6; each failing token
 * differs in one claim.
 */
@Tag("case-74")
class LogoutTokenVerifierTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"logout+jwt\"}";
  private static final long NOW = AdjustableClock.START.getEpochSecond();
  private static final long WEEK = Duration.ofDays(7).toSeconds();

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeCalls calls =
      new FakeCalls().serve(ISSUER + "/jwks", answer(200, jwks(publicJwk(KEY.getPublic(), "k1"))));
  private final LogoutTokenVerifier verifier = verifier(ISSUER);
  private final Map<String, Object> valid = validClaims();

  private LogoutTokenVerifier verifier(String issuer) {
    var server =
        new AuthorizationServer(
            ISSUER,
            ENDPOINTS,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            calls,
            clock,
            new BoundedWait(Duration.ofSeconds(1), 100));
    return new LogoutTokenVerifier(
        server,
        issuer,
        TestLogin.ring(clock, TestLogin.keys("m")),
        TestLogin.SIGNED_ONLY,
        CLOCK_SKEW,
        new LocalMarkerStore(clock),
        clock);
  }

  private static Map<String, Object> validClaims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("aud", CLIENT_ID);
    claims.put("iat", NOW);
    claims.put("exp", NOW + 120);
    claims.put("jti", "jti-1");
    claims.put("events", Map.of(EVENT, Map.of()));
    claims.put("sid", "sid-1");
    claims.put("sub", "user-1");
    return claims;
  }

  private Map<String, Object> without(String... names) {
    var claims = new LinkedHashMap<>(valid);
    claims.keySet().removeAll(List.of(names));
    return claims;
  }

  private static String signed(String header, Map<String, Object> claims) {
    return RawJws.signed(header, json(claims), KEY.getPrivate());
  }

  private LogoutToken verify(Map<String, Object> claims) throws LoginFailedException {
    return verifier.verify(signed(HEADER, claims));
  }

  private void assertRejected(Map<String, Object> claims, String rule) {
    assertRejected(signed(HEADER, claims), rule);
  }

  private void assertRejected(String token, String rule) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_REQUEST);
              assertThat(e.reason()).isEqualTo("logout token: " + rule);
            });
  }

  @Test
  void acceptsATokenThatMeetsEveryRule() throws LoginFailedException {
    var token = verify(valid);
    assertThat(token.issuer()).isEqualTo(ISSUER);
    assertThat(token.sid()).hasValue("sid-1");
    assertThat(token.sub()).hasValue("user-1");
    assertThat(token.issuedAt()).isEqualTo(NOW);
    assertThat(token).hasToString("LogoutToken[hidden]");
  }

  @Test
  void acceptsATokenWithSidOrSubAlone() throws LoginFailedException {
    var bySid = verify(without("sub"));
    assertThat(bySid.sid()).hasValue("sid-1");
    assertThat(bySid.sub()).isEmpty();
    var bySub = verify(with(without("sid"), "jti", "jti-2"));
    assertThat(bySub.sid()).isEmpty();
    assertThat(bySub.sub()).hasValue("user-1");
  }

  @Test
  void rejectsATokenWithNeitherSidNorSub() {
    assertRejected(without("sid", "sub"), "neither sid nor sub is there");
  }

  @Test
  void boundsSub() throws LoginFailedException {
    verify(with(valid, "sub", "s".repeat(255)));
    assertRejected(with(valid, "sub", "s".repeat(256)), "sub is empty or too long");
    assertRejected(with(valid, "sub", ""), "sub is empty or too long");
    assertRejected(with(valid, "sub", 1), "sub is not a string");
  }

  @Test
  void anEmptySidCountsAsAbsent() throws LoginFailedException {
    assertThat(verify(with(valid, "sid", "")).sid()).isEmpty();
    assertRejected(with(without("sub"), "sid", ""), "neither sid nor sub is there");
    assertRejected(with(valid, "sid", 1), "sid is not a string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", "https://op.example/", "https://OP.example", ""})
  void rejectsATokenOfAnotherIssuer(String iss) {
    assertRejected(with(valid, "iss", iss), "iss is not the server's");
  }

  @Test
  void rejectsATokenWithoutIss() {
    assertRejected(without("iss"), "iss is not the server's");
  }

  @Test
  void acceptsTheConfiguredIssuerWhereTheServerSignsUnderAnother() throws LoginFailedException {
    var token = verifier("https://h").verify(signed(HEADER, with(valid, "iss", "https://h")));
    assertThat(token.issuer()).isEqualTo("https://h");
  }

  @Test
  void acceptsAnArrayOfOurs() throws LoginFailedException {
    assertThat(verify(with(valid, "aud", List.of(CLIENT_ID))).sid()).hasValue("sid-1");
  }

  @Test
  void acceptsAnArrayThatHasOursTwice() throws LoginFailedException {
    var twice = List.of(CLIENT_ID, CLIENT_ID);
    assertThat(verify(with(valid, "aud", twice)).sid()).hasValue("sid-1");
  }

  static Stream<Object> foreignAudiences() {
    return Stream.of(
        "another-client",
        CLIENT_ID + "/",
        "",
        List.of(),
        List.of("another-client"),
        List.of(CLIENT_ID, "another-client"),
        List.of(CLIENT_ID, CLIENT_ID, "another-client"));
  }

  @ParameterizedTest
  @MethodSource("foreignAudiences")
  void rejectsAnAudienceThatIsNotThisClientAlone(Object aud) {
    assertRejected(with(valid, "aud", aud), "aud is not this client alone");
  }

  @Test
  void rejectsATokenWithoutAudience() {
    assertRejected(without("aud"), "aud is not this client alone");
  }

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of("exp", NOW - 59, ""),
        Arguments.of("exp", NOW - 60, "exp is past"),
        Arguments.of("exp", NOW - WEEK, "exp is past"),
        Arguments.of("exp", NOW + WEEK, ""),
        Arguments.of("iat", NOW + 60, ""),
        Arguments.of("iat", NOW + 61, "iat is in the future"),
        Arguments.of("iat", NOW - 600 - 59, ""),
        Arguments.of("iat", NOW - 600 - 60, "iat is too long ago"),
        Arguments.of("nbf", NOW + 60, ""),
        Arguments.of("nbf", NOW + 61, "nbf is in the future"),
        Arguments.of("exp", "soon", "exp is not a NumericDate (RFC 7519 2)"),
        Arguments.of("iat", "now", "iat is not a NumericDate (RFC 7519 2)"));
  }

  @ParameterizedTest
  @MethodSource("times")
  void comparesTimesWithASkewOf60Seconds(String claim, Object value, String rule)
      throws LoginFailedException {
    if (rule.isEmpty()) {
      assertThat(verify(with(valid, claim, value)).sid()).hasValue("sid-1");
    } else {
      assertRejected(with(valid, claim, value), rule);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "iat", "jti"})
  void rejectsATokenWithoutExpIatOrJti(String claim) {
    assertRejected(without(claim), claim + " is missing");
  }

  @Test
  void boundsJti() throws LoginFailedException {
    verify(with(valid, "jti", "j".repeat(255)));
    assertRejected(with(valid, "jti", "j".repeat(256)), "jti is empty or too long");
    assertRejected(with(valid, "jti", ""), "jti is empty or too long");
    assertRejected(with(valid, "jti", 1), "jti is not a string");
  }

  static Stream<Object> otherEvents() {
    return Stream.of(
        Map.of(),
        Map.of("http://schemas.openid.net/event/other", Map.of()),
        Map.of(EVENT, true),
        Map.of(EVENT, "{}"),
        Map.of(EVENT, List.of()),
        List.of(EVENT),
        EVENT,
        1);
  }

  @ParameterizedTest
  @MethodSource("otherEvents")
  void rejectsATokenOfAnotherEvent(Object events) {
    assertRejected(with(valid, "events", events), "events has no back-channel logout");
  }

  @Test
  void rejectsATokenWithoutEvents() {
    assertRejected(without("events"), "events has no back-channel logout");
  }

  @Test
  void acceptsAnEventWithDetailsAndOthersBesideIt() throws LoginFailedException {
    var events = Map.of(EVENT, Map.of("reason", "x"), "https://other.example/event", Map.of());
    assertThat(verify(with(valid, "events", events)).sid()).hasValue("sid-1");
  }

  @Test
  @Tag("case-59")
  void rejectsAnIdToken() {
    var idToken = new LinkedHashMap<>(without("events"));
    idToken.put("nonce", "n");
    idToken.put("auth_time", NOW);
    for (var typ : List.of("JWT", "jwt")) {
      assertRejected(
          signed(HEADER.replace("logout+jwt", typ), idToken), "events has no back-channel logout");
    }
  }

  @Test
  void rejectsATokenWithNonce() {
    assertRejected(with(valid, "nonce", "n"), "nonce is there, as in an ID token");
    var withNull = json(with(valid, "nonce", 0)).replace("\"nonce\":0", "\"nonce\":null");
    assertRejected(
        RawJws.signed(HEADER, withNull, KEY.getPrivate()), "nonce is there, as in an ID token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "logout+jwt", "LOGOUT+JWT", "application/logout+jwt"})
  void acceptsTypOfALogoutTokenInAnyCase(String typ) throws LoginFailedException {
    var token = signed(HEADER.replace("logout+jwt", typ), valid);
    assertThat(verifier.verify(token).sid()).hasValue("sid-1");
  }

  @Test
  void acceptsATokenWithoutTyp() throws LoginFailedException {
    var token = signed("{\"alg\":\"ES256\",\"kid\":\"k1\"}", valid);
    assertThat(verifier.verify(token).sid()).hasValue("sid-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"at+jwt", "application/at+jwt", "secevent+jwt", "text/logout+jwt", "logout", ""})
  void rejectsATokenWhoseTypIsAnothers(String typ) {
    assertRejected(signed(HEADER.replace("logout+jwt", typ), valid), "typ is another JWT's");
  }

  @Test
  void rejectsAlgNone() {
    assertRejected(
        signed(HEADER.replace("ES256", "none"), valid), "alg is not supported (RFC 8725 3.1)");
    var unsigned = RawJws.signingInput(HEADER.replace("ES256", "none"), json(valid)) + ".";
    assertRejected(unsigned, "not a JWS in compact serialization (RFC 7515 7.1)");
  }

  @Test
  void rejectsTheClientSecretsAlgorithm() {
    var secret = TestLogin.SECRET.getBytes(StandardCharsets.UTF_8);
    assertRejected(
        RawJws.hs256(HEADER.replace("ES256", "HS256"), json(valid), secret),
        "alg is not one that was configured (RFC 8725 3.1)");
  }

  @Test
  void rejectsASignatureOfAnotherKey() {
    assertRejected(
        RawJws.signed(HEADER, json(valid), TestKeys.p256("an attacker's key").getPrivate()),
        "the signature is wrong (RFC 7515 5.2)");
  }

  @Test
  void rejectsATokenThatCameBefore() throws LoginFailedException {
    verify(valid);
    assertRejected(valid, "jti is that of a token that came before");
    assertRejected(with(valid, "sid", "sid-2"), "jti is that of a token that came before");
    assertThat(verify(with(valid, "jti", "jti-2")).sid()).hasValue("sid-1");
  }

  @Test
  void rejectsATokenThatCameBeforeForAsLongAsItCouldBeAccepted() throws LoginFailedException {
    var longLived = with(valid, "exp", NOW + WEEK);
    verify(longLived);
    clock.advance(Duration.ofSeconds(600 + 59));
    assertRejected(longLived, "jti is that of a token that came before");
    clock.advance(Duration.ofSeconds(1));
    assertRejected(longLived, "iat is too long ago");
  }

  static Stream<Map.Entry<String, Object>> faults() {
    return Stream.of(
        Map.entry("iss", "https://other.example"),
        Map.entry("aud", "another-client"),
        Map.entry("exp", NOW - WEEK),
        Map.entry("iat", NOW + WEEK),
        Map.entry("sid", 1),
        Map.entry("sub", ""),
        Map.entry("events", Map.of()),
        Map.entry("nonce", "n"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aTokenThatIsRefusedLeavesItsJtiUnused(Map.Entry<String, Object> fault)
      throws LoginFailedException {
    assertThatThrownBy(() -> verify(with(valid, fault.getKey(), fault.getValue())))
        .isInstanceOf(LoginFailedException.class);
    assertThat(verify(valid).sid()).hasValue("sid-1");
  }

  @Test
  void failsAsUnavailableIfTheServersKeysCannotBeHadAndLeavesTheJtiUnused()
      throws LoginFailedException {
    calls.goDown();
    assertThatThrownBy(() -> verify(valid))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
    calls.comeBack();
    clock.advance(Duration.ofSeconds(65));
    assertThat(verify(valid).sid()).hasValue("sid-1");
  }
}
