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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of OpenID Connect Core 1.0 section 3.1.3.7; each failing token differs in one claim.
 */
class IdTokenVerifierTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final String ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final long NOW = AdjustableClock.START.getEpochSecond();
  private static final long WEEK = Duration.ofDays(7).toSeconds();

  private final AdjustableClock clock = new AdjustableClock();
  private final PendingLogin login = TestLogin.begin(clock);
  private final FakeCalls calls =
      new FakeCalls().serve(ISSUER + "/jwks", answer(200, jwks(publicJwk(KEY.getPublic(), "k1"))));
  private final AuthorizationServer server =
      new AuthorizationServer(
          ISSUER,
          ENDPOINTS,
          new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
          calls,
          clock,
          new BoundedWait(Duration.ofSeconds(1), 100));
  private final IdTokenVerifier verifier =
      new IdTokenVerifier(server, ISSUER, TestLogin.SIGNED_ONLY, CLOCK_SKEW, clock);
  private final Map<String, Object> valid = validClaims();

  private Map<String, Object> validClaims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("sub", "user-1");
    claims.put("aud", CLIENT_ID);
    claims.put("exp", NOW + 60);
    claims.put("iat", NOW);
    claims.put("nonce", login.nonce().value());
    return claims;
  }

  private Map<String, Object> without(String claim) {
    var claims = new LinkedHashMap<>(valid);
    claims.remove(claim);
    return claims;
  }

  private IdToken verify(String idToken) throws LoginFailedException {
    return verify(idToken, RequestedAuthentication.ANY);
  }

  private IdToken verify(String idToken, RequestedAuthentication requested)
      throws LoginFailedException {
    return verifier.verify(answered(idToken), login, requested);
  }

  private static TokenResponse answered(String idToken) throws LoginFailedException {
    var body =
        Map.<String, Object>of(
            "access_token", ACCESS_TOKEN, "id_token", idToken, "token_type", "Bearer");
    return TokenResponse.parse(json(body).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Failure> failure(RequestedAuthentication requested, Map<String, Object> claims) {
    try {
      verify(signed(HEADER, claims), requested);
      return Optional.empty();
    } catch (LoginFailedException e) {
      return Optional.of(e.failure());
    }
  }

  private static String signed(String header, Map<String, Object> claims) {
    return RawJws.signed(header, json(claims), KEY.getPrivate());
  }

  private void assertAccepted(Map<String, Object> claims) throws LoginFailedException {
    var token = signed(HEADER, claims);
    assertThat(verify(token).compact()).isEqualTo(token);
  }

  private void assertRejected(Map<String, Object> claims, String rule) {
    assertRejected(signed(HEADER, claims), rule);
  }

  private void assertRejected(String token, String rule) {
    assertThatThrownBy(() -> verify(token))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER);
              assertThat(e.reason()).isEqualTo("ID token: " + rule);
            });
  }

  @Test
  void acceptsATokenThatMeetsEveryRule() throws LoginFailedException {
    assertAccepted(valid);
  }

  @Test
  @Tag("case-49")
  void rejectsATokenWithoutIss() {
    assertRejected(without("iss"), "iss is not the server's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.example",
        "https://op.example/",
        "https://OP.example",
        "http://op.example",
        "https://op.example/tenant",
        ""
      })
  @Tag("case-49")
  void rejectsATokenOfAnotherIssuer(String iss) {
    assertRejected(with(valid, "iss", iss), "iss is not the server's");
  }

  @Test
  @Tag("case-49")
  void acceptsTheConfiguredIssuerWhereTheServerSignsUnderAnother() throws LoginFailedException {
    var other = new IdTokenVerifier(server, "https://h", TestLogin.SIGNED_ONLY, CLOCK_SKEW, clock);
    var body = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":\"%s\"}";
    var token = signed(HEADER, with(valid, "iss", "https://h"));
    var answer = TokenResponse.parse(body.formatted(token).getBytes(StandardCharsets.UTF_8));
    assertThat(other.verify(answer, login, RequestedAuthentication.ANY).compact()).isEqualTo(token);
  }

  @Test
  @Tag("case-49")
  void acceptsAnArrayOfOurs() throws LoginFailedException {
    assertAccepted(with(valid, "aud", List.of(CLIENT_ID)));
    assertAccepted(with(valid, "aud", List.of(CLIENT_ID, CLIENT_ID)));
  }

  static Stream<Object> foreignAudiences() {
    return Stream.of(
        "another-client",
        CLIENT_ID + "/",
        "",
        List.of(),
        List.of("another-client"),
        List.of(CLIENT_ID, "another-client"),
        List.of(CLIENT_ID, CLIENT_ID, "another-client"),
        List.of(CLIENT_ID, ""),
        List.of("another-client", CLIENT_ID));
  }

  @ParameterizedTest
  @MethodSource("foreignAudiences")
  @Tag("case-49")
  void rejectsAnAudienceThatIsNotThisClientAlone(Object aud) {
    assertRejected(with(valid, "aud", aud), "aud is not this client alone");
  }

  @Test
  @Tag("case-49")
  void rejectsATokenWithoutAudience() {
    assertRejected(without("aud"), "aud is not this client alone");
  }

  @Test
  @Tag("case-49")
  void acceptsAzpThatIsThisClientAndRejectsAnother() throws LoginFailedException {
    assertAccepted(with(valid, "azp", CLIENT_ID));
    assertRejected(with(valid, "azp", "another-client"), "azp is not this client");
    assertRejected(with(valid, "azp", ""), "azp is not this client");
  }

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of("exp", NOW - 59, ""),
        Arguments.of("exp", NOW - 61, "exp is past"),
        Arguments.of("exp", NOW - WEEK, "exp is past"),
        Arguments.of("iat", NOW + 59, ""),
        Arguments.of("iat", NOW + 61, "iat is in the future"),
        Arguments.of("iat", NOW + WEEK, "iat is in the future"),
        Arguments.of("iat", NOW - 600 - 59, ""),
        Arguments.of("iat", NOW - 600 - 61, "iat is too long ago"),
        Arguments.of("iat", NOW - WEEK, "iat is too long ago"),
        Arguments.of("nbf", NOW + 59, ""),
        Arguments.of("nbf", NOW + 61, "nbf is in the future"),
        Arguments.of("exp", "soon", "exp is not a NumericDate (RFC 7519 2)"),
        Arguments.of("iat", "now", "iat is not a NumericDate (RFC 7519 2)"));
  }

  @ParameterizedTest
  @MethodSource("times")
  @Tag("case-50")
  void comparesTimesWithASkewOf60Seconds(String claim, Object value, String rule)
      throws LoginFailedException {
    if (rule.isEmpty()) {
      assertAccepted(with(valid, claim, value));
    } else {
      assertRejected(with(valid, claim, value), rule);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "iat"})
  @Tag("case-50")
  void rejectsATokenWithoutExpOrIat(String claim) {
    assertRejected(without(claim), claim + " is missing");
  }

  @Test
  @Tag("case-35")
  @Tag("case-50")
  void rejectsTheNonceOfAnotherLogin() {
    var another = TestLogin.ring(clock, TestLogin.keys("material"));
    another.begin();
    assertRejected(
        with(valid, "nonce", another.begin().nonce().value()), "nonce is not this login's");
  }

  @Test
  @Tag("case-50")
  void rejectsATokenWithoutNonce() {
    assertRejected(without("nonce"), "nonce is not this login's");
    assertRejected(with(valid, "nonce", ""), "nonce is not this login's");
  }

  @Test
  void rejectsTheStateGivenAsNonce() {
    assertRejected(with(valid, "nonce", login.state().value()), "nonce is not this login's");
  }

  @Test
  @Tag("case-50")
  void acceptsASubOf255CharactersAndRejectsALongerOrNone() throws LoginFailedException {
    assertAccepted(with(valid, "sub", "s".repeat(255)));
    assertRejected(with(valid, "sub", "s".repeat(256)), "sub is missing or too long");
    assertRejected(with(valid, "sub", ""), "sub is missing or too long");
    assertRejected(without("sub"), "sub is missing or too long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "nonce", "azp", "at_hash"})
  void rejectsAStringClaimThatIsANumber(String claim) {
    assertRejected(with(valid, claim, 1), claim + " is not a string");
  }

  @Test
  @Tag("case-54")
  void acceptsTheAtHashOfTheAccessTokenAndRejectsAnother() throws LoginFailedException {
    assertAccepted(with(valid, "at_hash", "77QmUPtjPfzWtF2AnpK9RQ")); // OIDC Core A.3
    assertRejected(
        with(valid, "at_hash", "77QmUPtjPfzWtF2AnpK9RA"), "at_hash is another access token's");
    assertRejected(with(valid, "at_hash", ""), "at_hash is another access token's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at+jwt",
        "application/at+jwt",
        "logout+jwt",
        "application/logout+jwt",
        "oauth-authz-req+jwt",
        "text/jwt",
        ""
      })
  @Tag("case-59")
  void rejectsATokenWhoseTypIsAnothers(String typ) {
    assertRejected(signed(HEADER.replace("JWT", typ), valid), "typ is another JWT's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "JWT", "application/jwt", "application/JWT"})
  void acceptsTypJwtInAnyCase(String typ) throws LoginFailedException {
    var token = signed(HEADER.replace("JWT", typ), valid);
    assertThat(verify(token).compact()).isEqualTo(token);
  }

  @Test
  void acceptsATokenWithoutTyp() throws LoginFailedException {
    var token = signed("{\"alg\":\"ES256\",\"kid\":\"k1\"}", valid);
    assertThat(verify(token).compact()).isEqualTo(token);
  }

  @Test
  @Tag("case-59")
  void rejectsALogoutToken() {
    var events = Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
    assertRejected(with(valid, "events", events), "it is a logout token");
  }

  @Test
  @Tag("case-52")
  void rejectsASignatureOfAnotherKey() {
    assertRejected(
        RawJws.signed(HEADER, json(valid), TestKeys.p256("an attacker's key").getPrivate()),
        "the signature is wrong (RFC 7515 5.2)");
  }

  @Test
  @Tag("case-52")
  void rejectsAlgNone() {
    assertRejected(
        signed(HEADER.replace("ES256", "none"), valid), "alg is not supported (RFC 8725 3.1)");
  }

  @Test
  @Tag("case-58")
  void rejectsATokenOfMoreThan64KiB() {
    assertRejected(with(valid, "x", "x".repeat(64 * 1024)), "a JWT of more than 65536 characters");
  }

  static Stream<String> unreadableClaims() {
    return Stream.of("[".repeat(20_000) + "]".repeat(20_000), "9".repeat(5_000), "1,,\"y\":2");
  }

  @ParameterizedTest
  @MethodSource("unreadableClaims")
  @Tag("case-55")
  void rejectsClaimsThatTheApplicationCouldNotRead(String value) {
    var payload = json(with(valid, "x", 0)).replace("\"x\":0", "\"x\":" + value);
    assertThatThrownBy(() -> verify(RawJws.signed(HEADER, payload, KEY.getPrivate())))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_ANSWER);
              assertThat(e.reason()).startsWith("ID token: ").contains("payload");
            });
  }

  @Test
  @Tag("case-55")
  void acceptsLargeClaimsOfUpTo64KiB() throws LoginFailedException {
    assertAccepted(with(valid, "groups", List.of("g".repeat(40_000))));
    assertAccepted(with(valid, "name", "<script>alert(1)</script>"));
    assertAccepted(with(valid, "big", new BigInteger("9".repeat(30))));
  }

  @Test
  @Tag("case-55")
  void rejects200KBOfGroupsBeforeAnyOfItIsRead() {
    assertRejected(
        with(valid, "groups", List.of("g".repeat(200_000))), "a JWT of more than 65536 characters");
    assertThat(calls.gets).as("not even a key").isEmpty();
  }

  @Test
  @Tag("case-56")
  void fetchesNothingThatAHeaderNames() throws LoginFailedException {
    var named =
        ",\"jku\":\"https://op.example/other\",\"x5u\":\"https://op.example/x5u\",\"x5c\":[\"AAAA\"]}";
    var token = signed(HEADER.replace("}", named), valid);
    assertThat(verify(token).compact()).isEqualTo(token);
    assertThat(calls.gets).containsExactly(ISSUER + "/jwks");
  }

  private static RequestedAuthentication maxAge(long seconds) {
    return new RequestedAuthentication("", Optional.of(Duration.ofSeconds(seconds)), "", "", "");
  }

  private static RequestedAuthentication acr(String values) {
    return new RequestedAuthentication(values, Optional.empty(), "", "", "");
  }

  private void assertInsufficient(
      Map<String, Object> claims, RequestedAuthentication requested, String rule) {
    assertThatThrownBy(() -> verify(signed(HEADER, claims), requested))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INSUFFICIENT);
              assertThat(e.reason()).isEqualTo("ID token: " + rule);
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -300, -300 - 59, -300 - 60, 59, 60})
  @Tag("case-51")
  void acceptsAnAuthTimeWithinMaxAgeAndASkewOf60Seconds(long seconds) throws LoginFailedException {
    var token = signed(HEADER, with(valid, "auth_time", NOW + seconds));
    assertThat(verify(token, maxAge(300)).compact()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300 - 61, -604_800, -1_700_000_000})
  @Tag("case-51")
  void rejectsAnAuthTimeLongerAgoThanMaxAge(long seconds) throws LoginFailedException {
    var old = with(valid, "auth_time", NOW + seconds);
    assertAccepted(old); // as nothing was asked for
    assertInsufficient(old, maxAge(300), "auth_time is missing, or longer ago than max_age");
  }

  @Test
  @Tag("case-51")
  void rejectsATokenWithoutAuthTimeIfMaxAgeWasSent() throws LoginFailedException {
    assertAccepted(valid);
    assertInsufficient(valid, maxAge(300), "auth_time is missing, or longer ago than max_age");
  }

  @Test
  @Tag("case-51")
  void rejectsAnAuthTimeInTheFutureOrOutOfRange() {
    assertRejected(with(valid, "auth_time", NOW + 61), "auth_time is in the future");
    assertRejected(with(valid, "auth_time", 1e300), "auth_time is not a NumericDate (RFC 7519 2)");
  }

  static Stream<Object> noTimes() {
    return Stream.of(
        String.valueOf(NOW), "2026-01-02T03:04:05Z", "", true, List.of(NOW), Map.of("at", NOW));
  }

  @ParameterizedTest
  @MethodSource("noTimes")
  @Tag("case-51")
  void anAuthTimeThatIsNoTimeIsIgnoredUnlessItWasAskedFor(Object value)
      throws LoginFailedException {
    var claims = with(valid, "auth_time", value);
    assertAccepted(claims);
    assertThat(failure(maxAge(300), claims)).hasValue(Failure.INVALID_ANSWER);
    var anew = new RequestedAuthentication("", Optional.empty(), "login", "", "");
    assertThat(failure(anew, claims)).hasValue(Failure.INVALID_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gold", "platinum"})
  @Tag("case-51")
  void acceptsAnyAcrThatWasAskedFor(String value) throws LoginFailedException {
    var token = signed(HEADER, with(valid, "acr", value));
    assertThat(verify(token, acr("gold platinum")).compact()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"silver", "Gold", "gold platinum", "gol", ""})
  @Tag("case-51")
  void rejectsAnAcrThatWasNotAskedFor(String value) throws LoginFailedException {
    assertAccepted(with(valid, "acr", value)); // as nothing was asked for
    assertInsufficient(
        with(valid, "acr", value),
        acr("gold platinum"),
        "acr is none of those that were asked for");
  }

  @Test
  @Tag("case-51")
  void rejectsATokenWithoutAcrIfOneWasAskedFor() {
    assertInsufficient(valid, acr("gold"), "acr is none of those that were asked for");
    assertThatThrownBy(
            () -> verify(signed(HEADER, with(valid, "acr", List.of("gold"))), acr("gold")))
        .hasMessage("ID token: acr is not a string");
  }

  @Test
  void failsAsUnavailableIfTheServersKeysCannotBeHad() {
    calls.goDown();
    assertThatThrownBy(() -> verify(signed(HEADER, valid)))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  @Test
  void acceptsAnAcrThatWasAskedForAndRejectsAnotherOrNone() {
    var requested = new RequestedAuthentication("gold silver", Optional.empty(), "", "", "");
    assertThat(failure(requested, with(valid, "acr", "silver"))).isEmpty();
    assertThat(failure(requested, with(valid, "acr", "bronze"))).hasValue(Failure.INSUFFICIENT);
    assertThat(failure(requested, valid)).hasValue(Failure.INSUFFICIENT);
  }

  @Test
  void rejectsAnAuthTimeInTheFuture() throws LoginFailedException {
    assertAccepted(with(valid, "auth_time", NOW + 60));
    assertRejected(with(valid, "auth_time", NOW + 61), "auth_time is in the future");
  }

  @Test
  void acceptsALoginWithinMaxAgeAndTheSkewAndRejectsAnOlderOneOrNone() {
    var age = Optional.of(Duration.ofMinutes(5));
    var requested = new RequestedAuthentication("", age, "", "", "");
    assertThat(failure(requested, with(valid, "auth_time", NOW - 360))).isEmpty();
    assertThat(failure(requested, with(valid, "auth_time", NOW - 361)))
        .hasValue(Failure.INSUFFICIENT);
    assertThat(failure(requested, valid)).hasValue(Failure.INSUFFICIENT);
  }

  @Test
  void rejectsALoginFromBeforeThisOneIfItHadToBeNew() {
    var requested = new RequestedAuthentication("", Optional.empty(), "consent login", "", "");
    assertThat(failure(requested, with(valid, "auth_time", NOW - 60))).isEmpty();
    assertThat(failure(requested, with(valid, "auth_time", NOW - 61)))
        .hasValue(Failure.INSUFFICIENT);
    assertThat(failure(requested, valid)).isEmpty();
    var consent = new RequestedAuthentication("", Optional.empty(), "consent", "", "");
    assertThat(failure(consent, with(valid, "auth_time", NOW - 61))).isEmpty();
  }

  @Test
  void acceptsARefreshedTokenOfTheSameUserAndLogin() throws LoginFailedException {
    var token = signed(HEADER, valid);
    var nonce = login.nonce().value();
    assertThat(
            verifier
                .verifyRefreshed(answered(token), login.client(), "user-1", nonce, Optional.empty())
                .orElseThrow()
                .compact())
        .isEqualTo(token);
    var withoutNonce = signed(HEADER, without("nonce"));
    assertThat(
            verifier.verifyRefreshed(
                answered(withoutNonce), login.client(), "user-1", nonce, Optional.empty()))
        .isPresent();
  }

  @Test
  void aRefreshMayRepeatTheIdTokenOfTheSession() throws LoginFailedException {
    var token = signed(HEADER, valid);
    assertThat(verifier.isRepeated(answered(token), token)).isTrue();
    for (var claim : valid.keySet()) {
      var other = signed(HEADER, with(valid, claim, "another"));
      assertThat(verifier.isRepeated(answered(other), token)).as(claim).isFalse();
    }
    // ECDSA: the same claims under another signature are another token
    assertThat(verifier.isRepeated(answered(signed(HEADER, valid)), token)).isFalse();
    assertThat(verifier.isRepeated(answered(token + "."), token)).isFalse();
    var body = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}";
    var without = TokenResponse.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.isRepeated(without, token)).isFalse();
  }

  @Test
  void aRefreshMayDoWithoutIdToken() throws LoginFailedException {
    var body = "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}";
    var answer = TokenResponse.parse(body.getBytes(StandardCharsets.UTF_8));
    assertThat(verifier.verifyRefreshed(answer, login.client(), "user-1", "n", Optional.empty()))
        .isEmpty();
  }

  @Test
  void rejectsARefreshedTokenOfAnotherUserOrLogin() throws LoginFailedException {
    var answer = answered(signed(HEADER, valid));
    assertThatThrownBy(
            () ->
                verifier.verifyRefreshed(
                    answer, login.client(), "user-2", login.nonce().value(), Optional.empty()))
        .isInstanceOf(LoginFailedException.class)
        .hasMessageContaining("sub is another user's");
    assertThatThrownBy(
            () ->
                verifier.verifyRefreshed(
                    answer, login.client(), "user-1", "another", Optional.empty()))
        .isInstanceOf(LoginFailedException.class)
        .hasMessageContaining("nonce is another login's");
  }

  @Test
  void anAccessTokenIsReadIfItIsACurrentJwtOfTheServer() throws LoginFailedException {
    var reader = new AccessTokenVerifier(server, ISSUER, CLOCK_SKEW, clock);
    assertThat(reader.isVerified(signed(HEADER, valid))).isTrue();
    assertThat(reader.isVerified(signed(HEADER, with(valid, "exp", NOW - 59)))).isTrue();
    assertThat(reader.isVerified(signed(HEADER, with(valid, "exp", NOW - 60)))).isFalse();
    assertThat(reader.isVerified(signed(HEADER, without("exp")))).isFalse();
    assertThat(reader.isVerified(signed(HEADER, with(valid, "iss", "https://b")))).isFalse();
    assertThat(reader.isVerified("opaque")).isFalse();
  }
}
