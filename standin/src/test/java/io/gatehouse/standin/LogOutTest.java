package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static io.gatehouse.standin.TestServer.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Person;
import io.gatehouse.standin.state.Authorizations;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/** Logout as later 3.x has it: end_session, revocation and the back channel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LogOutTest {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

  private TestServer server;
  private TestClient client;
  private Attempt attempt;
  private Map<String, Object> tokens;
  private String sid;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.line=3.x", "--standin.log-out=true");
    client = TestClient.didKey();
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    server.post(server.control("reset"), Map.of());
    server.register(registration(client));
    client.answerBackChannel(new TestClient.Hosted(200, Map.of(), ""));
    client.backChannel();
    attempt = new Attempt(server, client);
    tokens = json(attempt.redeem(attempt.code()));
    sid = sid(tokens);
  }

  @Test
  void discoveryTellsOfTheBackChannel() throws Exception {
    assertThat(json(server.get(server.issuer().url("/.well-known/openid-configuration"))))
        .containsEntry("backchannel_logout_supported", true)
        .containsEntry("backchannel_logout_session_supported", true)
        .containsEntry("end_session_endpoint", server.issuer().url("/oidc/logout"))
        .containsEntry("revocation_endpoint", server.issuer().url("/oidc/revoke"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endSessionLeadsBackWithTheState(boolean post) throws Exception {
    var parameters = endSession();
    parameters.put("client_id", client.clientId());
    var answer =
        post ? server.post(server.issuer().url("/oidc/logout"), parameters) : logOut(parameters);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(location(answer)).isEqualTo(client.origin() + "/bye?from=here&state=a+%26b");
    assertEnded(attempt, tokens);
  }

  @Test
  void endSessionEndsThatLogInOnly() throws Exception {
    var other = new Attempt(server, client);
    var otherTokens = json(other.redeem(other.code()));
    assertThat(logins()).contains(login(sid)).contains(login(sid(otherTokens)));
    logOut(endSession());

    assertEnded(attempt, tokens);
    assertThat(logins()).contains(login(sid(otherTokens)));
    assertThat(offerings(otherTokens).statusCode()).isEqualTo(200);
    assertThat(other.refresh(refreshToken(otherTokens)).statusCode()).isEqualTo(200);
  }

  @Test
  void logInThatEndsDuringItsRefreshStaysEnded() throws Exception {
    var authorizations = server.part(Authorizations.class);
    var underWay =
        Objects.requireNonNull(
            authorizations.findByToken(refreshToken(tokens), OAuth2TokenType.REFRESH_TOKEN));
    logOut(endSession());
    authorizations.save(underWay);

    assertEnded(attempt, tokens);
  }

  @Test
  void endSessionShowsAPageWhereNoAddressIsGiven() throws Exception {
    var answer = logOut(Map.of("id_token_hint", idToken(tokens)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("You are logged out");
    assertEnded(attempt, tokens);
  }

  @Test
  void expiredHintIsGood() throws Exception {
    var parameters = endSession();
    parameters.put("id_token_hint", hint(Map.of("exp", 1_000_000_000), false));

    assertThat(logOut(parameters).statusCode()).isEqualTo(302);
    assertEnded(attempt, tokens);
  }

  @Test
  void endedLogInMayBeEndedAgain() throws Exception {
    logOut(endSession());
    client.backChannel();

    assertThat(logOut(endSession()).statusCode()).isEqualTo(302);
    assertThat(client.backChannel()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "id_token_hint, not-a-token",
    "id_token_hint, ",
    "client_id, another-client",
    "post_logout_redirect_uri, http://127.0.0.1/elsewhere"
  })
  void wrongParameterIsRefused(String name, String value) throws Exception {
    var parameters = endSession();
    if (value == null) {
      parameters.remove(name);
    } else {
      parameters.put(name, value);
    }

    assertRefused(parameters);
  }

  @Test
  void addressIsComparedExactly() throws Exception {
    var parameters = endSession();
    parameters.computeIfPresent("post_logout_redirect_uri", (name, uri) -> uri + "&more=1");

    assertRefused(parameters);
  }

  @Test
  void hintSignedByAnotherKeyIsRefused() throws Exception {
    var parameters = endSession();
    parameters.put("id_token_hint", hint(Map.of(), true));

    assertRefused(parameters);
  }

  @Test
  void hintOfAnotherIssuerIsRefused() throws Exception {
    var parameters = endSession();
    parameters.put("id_token_hint", hint(Map.of("iss", "https://other-issuer.example"), false));

    assertRefused(parameters);
  }

  @Test
  void hintForAnUnknownClientIsRefused() throws Exception {
    var parameters = endSession();
    parameters.put("id_token_hint", hint(Map.of("aud", "unknown"), false));

    assertRefused(parameters);
  }

  @Test
  void accessTokenIsNoHint() throws Exception {
    var parameters = endSession();
    parameters.put("id_token_hint", String.valueOf(tokens.get("access_token")));

    assertRefused(parameters);
  }

  @Test
  void endSessionTellsTheBackChannel() throws Exception {
    logOut(endSession());
    var token = logoutToken();

    assertThat(token.getHeader().toJSONObject())
        .containsOnlyKeys("alg", "kid", "typ")
        .containsEntry("alg", "ES256")
        .containsEntry("typ", "logout+jwt");
    assertThat(verifies(token)).isTrue();
    var claims = Objects.requireNonNull(token.getPayload().toJSONObject());
    assertThat(claims)
        .containsOnlyKeys("iss", "aud", "iat", "exp", "jti", "events", "sid", "sub")
        .containsEntry("iss", server.issuer().ofTokens())
        .containsEntry("aud", client.clientId())
        .containsEntry("events", Map.of(EVENT, Map.of()))
        .containsEntry("sid", sid)
        .containsEntry("sub", Person.PRODUCT_MANAGER.did());
    assertLastsTwoMinutes(token.getPayload().toString());
  }

  private static void assertLastsTwoMinutes(String payload) throws Exception {
    var claims = JWTClaimsSet.parse(payload);

    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(120));
  }

  @Test
  void serverEndsALogInBySid() throws Exception {
    client.answerBackChannel(new TestClient.Hosted(204, Map.of(), ""));
    var answer = control("logout", Map.of("client", client.clientId(), "sid", sid));

    assertThat(answer.body()).isEqualTo("{\"status\":204}");
    assertEnded(attempt, tokens);
    assertThat(logoutToken().getPayload().toJSONObject())
        .containsEntry("sid", sid)
        .doesNotContainKey("sub");
  }

  @Test
  void serverEndsAllLogInsOfASub() throws Exception {
    var again = new Attempt(server, client);
    var againTokens = json(again.redeem(again.code()));
    var auditor = new Attempt(server, client);
    var auditorTokens = json(auditor.redeem(Attempt.code(auditor.present(Person.AUDITOR))));
    var sub = Person.PRODUCT_MANAGER.did();
    control("logout", Map.of("client", client.clientId(), "sub", sub));

    assertEnded(attempt, tokens);
    assertEnded(again, againTokens);
    assertThat(offerings(auditorTokens).statusCode()).isEqualTo(200);
    assertThat(logoutToken().getPayload().toJSONObject())
        .containsEntry("sub", sub)
        .doesNotContainKey("sid");
  }

  @Test
  void statusIsTheClientsOwnAndNoRedirectIsFollowed() throws Exception {
    client.answerBackChannel(
        new TestClient.Hosted(307, Map.of("Location", client.backChannelUri()), ""));
    var answer = control("logout", Map.of("client", client.clientId(), "sid", "any"));

    assertThat(answer.body()).isEqualTo("{\"status\":307}");
    assertThat(client.backChannel()).hasSize(1);
  }

  @Test
  void statusIsZeroWithoutABackChannel() throws Exception {
    server.register(client.registration());
    var none = control("logout", Map.of("client", client.clientId(), "sid", sid));
    var closed = registration(client);
    closed.put("backchannelLogoutUri", "http://127.0.0.1:1/");
    server.register(closed);
    var notReached = control("logout", Map.of("client", client.clientId(), "sid", "any"));

    assertThat(List.of(none.body(), notReached.body())).containsOnly("{\"status\":0}");
    assertThat(client.backChannel()).isEmpty();
    assertEnded(attempt, tokens);
  }

  @Test
  void logOutNeedsAClientAndALogIn() throws Exception {
    assertThat(json(control("logout", Map.of("client", "unknown", "sid", sid))))
        .containsEntry("error", "client is not known");
    assertThat(json(control("logout", Map.of("client", client.clientId()))))
        .containsEntry("error", "sid or sub is missing");
    var wrong = JSONObjectUtils.toJSONString(Map.of("clientId", "c", "backchannelLogoutUri", "x"));
    assertThat(json(server.post(server.control("clients"), "application/json", wrong)))
        .containsEntry("error", "backchannelLogoutUri is no http URI");
  }

  @Test
  void logoutTokenSaysWhatIsAskedFor() throws Exception {
    var wanted = new HashMap<String, Object>();
    wanted.put("header", nothing("kid", Map.of("typ", "JWT")));
    wanted.put("claims", nothing("jti", Map.of("sid", "s", "nonce", "n", "exp", 7)));
    var token = JWSObject.parse(signed(wanted));

    assertThat(verifies(token)).isTrue();
    assertThat(token.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "ES256", "typ", "JWT"));
    assertThat(token.getPayload().toJSONObject())
        .containsOnlyKeys("iss", "iat", "exp", "events", "sid", "nonce")
        .containsEntry("exp", 7L);
  }

  @Test
  void logoutTokenMayBeSignedByNobody() throws Exception {
    var unrelated = JWSObject.parse(signed(Map.of("unrelatedKey", true)));
    var unsigned = signed(Map.of("algNone", true));

    assertThat(verifies(unrelated)).isFalse();
    assertThat(unrelated.getHeader().getKeyID()).isEqualTo(key().getKeyID());
    assertThat(unsigned).startsWith("eyJhbGciOiJub25lIi").endsWith(".");
  }

  @Test
  void revokedRefreshTokenIsDead() throws Exception {
    var answer = attempt.revoke(refreshToken(tokens));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempt.refresh(refreshToken(tokens)).statusCode()).isEqualTo(403);
    assertThat(offerings(tokens).statusCode()).isEqualTo(401);
    assertThat(server.calls()).containsEntry("revoke", 1L).containsEntry("token", 1L);
    // The login itself goes on: its end_session still has something to end.
    assertThat(logins()).contains(login(sid));
  }

  @Test
  void revocationOfAnUnknownTokenIsNoError() throws Exception {
    assertThat(attempt.revoke("unknown").statusCode()).isEqualTo(200);
    assertThat(attempt.refresh(refreshToken(tokens)).statusCode()).isEqualTo(200);
  }

  @Test
  void revocationNeedsTheClientsOwnAssertion() throws Exception {
    try (var other = TestClient.didKey()) {
      server.register(other.registration());
      assertThat(new Attempt(server, other).revoke(refreshToken(tokens)).statusCode())
          .isNotEqualTo(200);
      attempt.signer = other.signer();
      assertThat(attempt.revoke(refreshToken(tokens)).statusCode()).isEqualTo(401);
      attempt.signer = client.signer();
    }

    assertThat(attempt.refresh(refreshToken(tokens)).statusCode()).isEqualTo(200);
  }

  @Test
  void apiRefusesAsOftenAsAskedFor() throws Exception {
    control("api-trouble", Map.of("kind", "unauthorized", "times", "1"));
    var refused = offerings(tokens);

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
    assertThat(offerings(tokens).statusCode()).isEqualTo(200);
    control("api-trouble", Map.of("kind", "unauthorized"));
    assertThat(offerings(tokens).statusCode()).isEqualTo(401);
    server.post(server.control("reset"), Map.of());
    assertThat(offerings(tokens).statusCode()).isEqualTo(200);
    assertThat(control("api-trouble", Map.of("kind", "unknown")).statusCode()).isEqualTo(400);
  }

  private static Map<String, Object> registration(TestClient client) {
    var registration = client.registration();
    registration.put("postLogoutRedirectUris", List.of(client.origin() + "/bye?from=here"));
    registration.put("backchannelLogoutUri", client.backChannelUri());
    return registration;
  }

  private Map<String, String> endSession() {
    var parameters = new HashMap<String, String>();
    parameters.put("id_token_hint", idToken(tokens));
    parameters.put("post_logout_redirect_uri", client.origin() + "/bye?from=here");
    parameters.put("state", "a &b");
    return parameters;
  }

  private HttpResponse<String> logOut(Map<String, String> parameters) throws Exception {
    return server.get(server.issuer().url("/oidc/logout?") + TestServer.form(parameters));
  }

  private HttpResponse<String> control(String name, Map<String, String> form) throws Exception {
    return server.post(server.control(name), form);
  }

  /** The id_token of the login with other claims. */
  private String hint(Map<String, Object> changed, boolean unrelatedKey) throws Exception {
    var claims = new HashMap<>(SignedJWT.parse(idToken(tokens)).getPayload().toJSONObject());
    claims.putAll(changed);
    return signed(
        Map.of(
            "header", Map.of("typ", "JWT"),
            "claims", nothing("events", claims),
            "unrelatedKey", unrelatedKey));
  }

  private String signed(Map<String, Object> wanted) throws Exception {
    var answer =
        server.post(
            server.control("logout-token"),
            "application/json",
            JSONObjectUtils.toJSONString(wanted));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  // Map.of takes no null, which leaves a member out.
  private static Map<String, Object> nothing(String name, Map<String, Object> others) {
    var members = new HashMap<>(others);
    members.put(name, null);
    return members;
  }

  private JWSObject logoutToken() throws Exception {
    var came = client.backChannel();
    assertThat(came).hasSize(1);
    var start = "POST application/x-www-form-urlencoded logout_token=";
    assertThat(came.get(0)).startsWith(start);
    return JWSObject.parse(came.get(0).substring(start.length()));
  }

  private void assertRefused(Map<String, String> parameters) throws Exception {
    var answer = logOut(parameters);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Logout not possible");
    assertThat(offerings(tokens).statusCode()).isEqualTo(200);
    assertThat(client.backChannel()).isEmpty();
  }

  private void assertEnded(Attempt ended, Map<String, Object> endedTokens) throws Exception {
    assertThat(logins()).doesNotContain(login(sid(endedTokens)));
    assertThat(ended.refresh(refreshToken(endedTokens)).statusCode()).isEqualTo(403);
    var refused = offerings(endedTokens);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
  }

  private List<Object> logins() throws Exception {
    return new ArrayList<>(JSONArrayUtils.parse(server.get(server.control("logins")).body()));
  }

  private Map<String, Object> login(String ofSid) {
    return Map.of("sid", ofSid, "sub", Person.PRODUCT_MANAGER.did(), "client", client.clientId());
  }

  private HttpResponse<String> offerings(Map<String, Object> of) throws Exception {
    return server.get(
        server.issuer().url("/api/offerings"), "Authorization", "Bearer " + of.get("access_token"));
  }

  private static String idToken(Map<String, Object> of) {
    return String.valueOf(of.get("id_token"));
  }

  private static String refreshToken(Map<String, Object> of) {
    return String.valueOf(of.get("refresh_token"));
  }

  private static String sid(Map<String, Object> of) throws Exception {
    return String.valueOf(SignedJWT.parse(idToken(of)).getJWTClaimsSet().getClaim("sid"));
  }

  private ECKey key() throws Exception {
    return JWKSet.parse(server.get(server.issuer().url("/oidc/jwks")).body())
        .getKeys()
        .get(0)
        .toECKey();
  }

  private boolean verifies(JWSObject token) throws Exception {
    return token.verify(new ECDSAVerifier(key()));
  }
}
