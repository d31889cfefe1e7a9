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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of JARM section 2.4; each failing answer differs from the valid one in one thing. */
class SecuredResponsesTest {
  private static final KeyPair KEY = TestKeys.p256("the server's key");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";
  private static final long NOW = AdjustableClock.START.getEpochSecond();

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
  private final SecuredResponses responses =
      new SecuredResponses(
          server, ISSUER, TestLogin.ring(clock, TestLogin.keys("m")), CLOCK_SKEW, clock);
  private final Map<String, Object> valid = validClaims();

  // JARM 2.1
  private Map<String, Object> validClaims() {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", ISSUER);
    claims.put("aud", CLIENT_ID);
    claims.put("exp", NOW + 600);
    claims.put("code", "canary-code");
    claims.put("state", login.state().value());
    return claims;
  }

  private Map<String, Object> without(String claim) {
    var claims = new LinkedHashMap<>(valid);
    claims.remove(claim);
    return claims;
  }

  private static String signed(String header, Map<String, Object> claims) {
    return RawJws.signed(header, json(claims), KEY.getPrivate());
  }

  private Code code(String query) throws LoginFailedException {
    return responses.read(query).codeFor(login, TestLogin.metadata(true));
  }

  private void assertAccepted(Map<String, Object> claims) throws LoginFailedException {
    assertThat(code("response=" + signed(HEADER, claims)).value()).isEqualTo("canary-code");
  }

  private void assertRejected(Map<String, Object> claims, String rule) {
    assertRejected("response=" + signed(HEADER, claims), rule);
  }

  private void assertRejected(String query, String rule) {
    assertThatThrownBy(() -> code(query))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(Failure.INVALID_REQUEST);
              assertThat(e.reason()).contains(rule).doesNotContain("canary");
            });
  }

  @Test
  void yieldsTheCodeOfAnAnswerThatMeetsEveryRule() throws LoginFailedException {
    assertAccepted(valid);
    assertAccepted(with(valid, "iat", NOW));
  }

  @Test
  void namesTheLoginsCookieByTheSignedState() throws LoginFailedException {
    assertThat(responses.read("response=" + signed(HEADER, valid)).cookieSuffix())
        .contains(login.cookieSuffix());
  }

  @Test
  void reportsASignedError() {
    var claims = with(without("code"), "error", "access_denied");
    assertThatThrownBy(() -> code("response=" + signed(HEADER, claims)))
        .isInstanceOfSatisfying(
            LoginFailedException.class, e -> assertThat(e.failure()).isEqualTo(Failure.DENIED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code=canary&state=STATE",
        "error=access_denied&state=STATE",
        "response=RESPONSE&code=canary",
        "response=RESPONSE&state=STATE",
        "response=RESPONSE&iss=https%3A%2F%2Fop.example",
        "response=RESPONSE&error=access_denied",
        "code=canary&state=STATE&response="
      })
  @Tag("case-95")
  void rejectsWhateverIsNotTheSignedAnswerAlone(String query) {
    assertRejected(
        query.replace("RESPONSE", signed(HEADER, valid)).replace("STATE", login.state().value()),
        "response has to be there alone");
  }

  @Test
  @Tag("case-40")
  @Tag("case-96")
  void rejectsAnAnswerThatIsThereTwice() {
    var response = "response=" + signed(HEADER, valid);
    assertRejected(response + "&" + response, "response is there twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token", "access_token", "token_type"})
  @Tag("case-96")
  void rejectsATokenInTheAnswerOrBesideIt(String token) {
    assertRejected(with(valid, token, "canary"), "a token is in it");
    assertRejected("response=" + signed(HEADER, valid) + "&" + token + "=canary", token);
  }

  @Test
  @Tag("case-96")
  void rejectsAnAnswerThatTheServerDidNotSign() {
    var forged = RawJws.signed(HEADER, json(valid), TestKeys.p256("another's").getPrivate());
    assertRejected("response=" + forged, "the signature is wrong");
    var unsigned = RawJws.signingInput("{\"alg\":\"none\"}", json(valid)) + ".";
    assertRejected("response=" + unsigned, "not a JWS");
    var secret = KEY.getPublic().getEncoded();
    assertRejected(
        "response=" + RawJws.hs256("{\"alg\":\"HS256\",\"kid\":\"k1\"}", json(valid), secret),
        "alg is not one that was configured");
  }

  @Test
  @Tag("case-96")
  void nothingOfAnAnswerThatTheServerDidNotSignLeadsToACookie() {
    var forged = RawJws.signed(HEADER, json(valid), TestKeys.p256("another's").getPrivate());
    assertThatThrownBy(() -> responses.read("response=" + forged))
        .isInstanceOf(LoginFailedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", "https://op.example/", "https://OP.example", ""})
  @Tag("case-34")
  @Tag("case-96")
  void rejectsAnAnswerOfAnotherIssuer(String iss) {
    assertRejected(with(valid, "iss", iss), "iss is not the server's");
  }

  @ParameterizedTest
  @CsvSource({
    "iss, iss is not the server's",
    "aud, aud is not this client alone",
    "exp, exp is missing",
    "state, state is not this login's",
    "code, neither code nor error"
  })
  @Tag("case-96")
  void rejectsAnAnswerWithoutWhatItHasToHave(String claim, String rule) {
    assertRejected(without(claim), rule);
  }

  @Test
  @Tag("case-96")
  void rejectsAnAnswerForAnotherClient() {
    assertRejected(with(valid, "aud", "other"), "aud is not this client alone");
    assertRejected(with(valid, "aud", List.of(CLIENT_ID, "other")), "aud is not this client");
  }

  @Test
  @Tag("case-28")
  @Tag("case-96")
  void rejectsAnAnswerToAnotherLogin() {
    assertRejected(with(valid, "state", "canary-state"), "state is not this login's");
  }

  @Test
  @Tag("case-96")
  void anAnswerIsGoodUntilItsEndAndTheClockSkew() throws LoginFailedException {
    assertAccepted(with(valid, "exp", NOW - 59));
    assertRejected(with(valid, "exp", NOW - 60), "exp is past");
    assertAccepted(with(valid, "nbf", NOW + 60));
    assertRejected(with(valid, "nbf", NOW + 61), "nbf is in the future");
    assertAccepted(with(valid, "iat", NOW + 60));
    assertRejected(with(valid, "iat", NOW + 61), "iat is in the future");
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "state", "iss", "error", "error_description"})
  @Tag("case-96")
  void rejectsAClaimThatIsNoString(String claim) {
    assertRejected(with(valid, claim, 1), claim.equals("iss") ? "iss" : claim + " is not a string");
  }

  @Test
  @Tag("case-40")
  void anAnswerCannotBeBothCodeAndError() {
    assertRejected(with(valid, "error", "access_denied"), "both code and error");
  }

  // RFC 8725 3.11 and 3.12: one key signs all of these
  @ParameterizedTest
  @ValueSource(strings = {"sub", "nonce", "at_hash", "c_hash", "events"})
  @Tag("case-96")
  void rejectsAJwtThatHasWhatIdTokensAndLogoutTokensHave(String claim) {
    assertRejected(with(valid, claim, "canary"), "it is another JWT of the server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "logout+jwt", "application/logout+jwt", "oauth-authz-req+jwt"})
  @Tag("case-96")
  void rejectsAJwtOfAnotherTyp(String typ) {
    var header = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"%s\"}";
    assertRejected("response=" + signed(header.formatted(typ), valid), "typ is another JWT's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "application/jwt"})
  void takesTheTypOfAnyJwt(String typ) throws LoginFailedException {
    var header = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"%s\"}";
    assertThat(code("response=" + signed(header.formatted(typ), valid)).value())
        .isEqualTo("canary-code");
  }

  @Test
  @Tag("case-96")
  void anAnswerIsNeitherAnIdTokenNorALogoutToken() throws LoginFailedException {
    var response = signed(HEADER, asIdToken());
    var idTokens = new IdTokenVerifier(server, ISSUER, TestLogin.SIGNED_ONLY, CLOCK_SKEW, clock);
    assertThatThrownBy(
            () -> idTokens.verify(answered(response), login, RequestedAuthentication.ANY))
        .hasMessage("ID token: it is an authorization response");
    var withoutState = new LinkedHashMap<>(asIdToken());
    withoutState.remove("state");
    var idToken = signed(HEADER, withoutState);
    assertThat(idTokens.verify(answered(idToken), login, RequestedAuthentication.ANY).compact())
        .isEqualTo(idToken);
    var logoutTokens =
        new LogoutTokenVerifier(
            server,
            ISSUER,
            TestLogin.ring(clock, TestLogin.keys("m")),
            TestLogin.SIGNED_ONLY,
            CLOCK_SKEW,
            new LocalMarkerStore(clock),
            clock);
    assertThatThrownBy(() -> logoutTokens.verify(response))
        .isInstanceOf(LoginFailedException.class);
  }

  // With all that an ID token has to have beside it.
  private Map<String, Object> asIdToken() {
    var claims = new LinkedHashMap<>(valid);
    claims.put("sub", "user-1");
    claims.put("iat", NOW);
    claims.put("nonce", login.nonce().value());
    return claims;
  }

  private static TokenResponse answered(String idToken) throws LoginFailedException {
    var body =
        Map.<String, Object>of("access_token", "a", "id_token", idToken, "token_type", "Bearer");
    return TokenResponse.parse(json(body).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Tag("case-96")
  void anAnswerHasABoundedLength() {
    assertRejected("response=" + "a".repeat(16 * 1024), "more than 16384 characters");
  }

  @Test
  @Tag("case-96")
  void anEncryptedAnswerWasNotAskedFor() {
    assertRejected("response=aa.aa.aa.aa.aa", "not a JWS");
  }

  @Test
  void whenTheKeysCannotBeHadTheAnswerIsNotTheBrowsersFault() {
    calls.goDown();
    assertThatThrownBy(() -> code("response=" + signed(HEADER, valid)))
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  @Test
  @Tag("case-95")
  void whereNobodyAskedForASignedAnswerItIsRefused() {
    var response = "response=" + signed(HEADER, valid);
    for (var query : List.of(response, "code=canary&state=s&" + response)) {
      assertThatThrownBy(() -> AuthorizationResponse.parse(query))
          .isInstanceOfSatisfying(
              LoginFailedException.class,
              e -> {
                assertThat(e.failure()).isEqualTo(Failure.INVALID_REQUEST);
                assertThat(e.reason()).contains("gatehouse.response-mode is query");
              });
    }
  }
}
