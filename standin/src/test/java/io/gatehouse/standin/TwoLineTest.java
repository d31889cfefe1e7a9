package io.gatehouse.standin;

import static io.gatehouse.standin.Attempt.ABSENT;
import static io.gatehouse.standin.TestServer.json;
import static io.gatehouse.standin.TestServer.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Person;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 2.x line without strict mode: what the Verifier itself does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoLineTest {

  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.line=2.x");
    client = TestClient.didKey();
    server.register(client.registration());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void reset() throws Exception {
    server.post(server.control("reset"), Map.of());
  }

  @Test
  void discoveryMisleadsAboutTheAlgorithm() throws Exception {
    var discovery = json(server.get(server.issuer().url("/.well-known/openid-configuration")));

    assertThat(discovery)
        .containsEntry("issuer", server.issuer().ofTokens())
        .containsEntry("token_endpoint", server.issuer().ofTokens() + "/oidc/token")
        .containsEntry("id_token_signing_alg_values_supported", List.of("RS256"))
        .containsEntry("scopes_supported", List.of("openid"))
        .doesNotContainKeys(
            "backchannel_logout_supported",
            "request_uri_parameter_supported",
            "authorization_response_iss_parameter_supported");
  }

  @Test
  void jwksIsOneKeyWithoutAlg() throws Exception {
    var keys = json(server.get(server.issuer().url("/oidc/jwks"))).get("keys");

    assertThat(keys).asInstanceOf(LIST).hasSize(1);
    assertThat(keys)
        .asInstanceOf(LIST)
        .first()
        .asInstanceOf(MAP)
        .containsEntry("use", "sig")
        .containsKey("kid")
        .doesNotContainKeys("alg", "d");
  }

  @Test
  void logsInAndGetsTheVerifiersTokens() throws Exception {
    var attempt = new Attempt(server, client);
    var redirect = attempt.present(Person.PRODUCT_MANAGER);
    var answer = attempt.redeem(Attempt.code(redirect));

    assertThat(location(redirect)).startsWith(client.redirectUri() + "?code=");
    assertThat(location(redirect)).endsWith("&state=" + attempt.state());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer))
        .containsOnlyKeys("access_token", "refresh_token", "id_token", "token_type", "expires_in");
    assertThat(json(answer).get("expires_in")).asInstanceOf(LONG).isBetween(3590L, 3600L);
    var idToken = verified(answer, "id_token");
    assertThat(idToken.getClaims())
        .containsOnlyKeys(
            "iss",
            "sub",
            "aud",
            "iat",
            "exp",
            "auth_time",
            "acr",
            "nonce",
            "name",
            "given_name",
            "family_name",
            "email",
            "email_verified",
            "vc_json");
    assertThat(idToken.getClaim("nonce")).isEqualTo(attempt.query.get("nonce"));
    assertThat(idToken.getExpirationTime().toInstant())
        .isEqualTo(idToken.getIssueTime().toInstant().plusSeconds(60));
  }

  @Test
  void accessTokenCarriesThePowers() throws Exception {
    var attempt = new Attempt(server, client);
    var accessToken = verified(attempt.redeem(attempt.code()), "access_token");

    assertThat(accessToken.getClaims())
        .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti", "scope", "vc")
        .containsEntry("scope", "openid learcredential")
        .containsEntry("sub", Person.PRODUCT_MANAGER.did());
    assertThat(accessToken.getJSONObjectClaim("vc").get("credentialSubject"))
        .extracting("mandate.power")
        .asInstanceOf(LIST)
        .contains(
            Map.of(
                "type", "domain",
                "domain", "DOME",
                "function", "ProductOffering",
                "action", List.of("Create", "Update")));
  }

  @Test
  void refreshForgetsNonceAndProfileAndKeepsTheRefreshToken() throws Exception {
    var attempt = new Attempt(server, client);
    var first = attempt.redeem(attempt.code());
    var refreshed = attempt.refresh(refreshToken(first));

    assertThat(refreshToken(refreshed)).isEqualTo(refreshToken(first));
    assertThat(json(refreshed).get("access_token")).isNotEqualTo(json(first).get("access_token"));
    assertThat(verified(refreshed, "id_token").getClaims())
        .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "auth_time", "acr", "vc_json");
    assertThat(server.calls()).containsEntry("token", 1L).containsEntry("refresh", 1L);
  }

  @Test
  void unknownRefreshTokenGets403WithoutBody() throws Exception {
    var answer = new Attempt(server, client).refresh("unknown");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void codeIsNoRefreshToken() throws Exception {
    var attempt = new Attempt(server, client);

    assertThat(attempt.refresh(attempt.code()).statusCode()).isEqualTo(403);
  }

  @Test
  void clientIdIsRequiredInTheBody() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.form.put("client_id", ABSENT);

    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(400);
    assertThat(attempt.refresh("any").statusCode()).isEqualTo(400);
  }

  @Test
  void noAssertionGets401WithoutBody() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.form.put("client_assertion", ABSENT);
    attempt.form.put("code_verifier", ABSENT);
    var answer = attempt.redeem("any");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void usedCodeIsAnInvalidGrant() throws Exception {
    var attempt = new Attempt(server, client);
    var code = attempt.code();
    attempt.redeem(code);

    assertError(attempt.redeem(code), 400, "invalid_grant");
  }

  @Test
  void wrongCodeVerifierIsAnInvalidGrant() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.form.put("code_verifier", "another-code-verifier-of-more-than-43-characters");

    assertError(attempt.redeem(attempt.code()), 400, "invalid_grant");
  }

  @Test
  void codeVerifierWithoutChallengeInTheQueryIsAnInvalidGrant() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("code_challenge", ABSENT);
    attempt.query.put("code_challenge_method", ABSENT);

    assertError(attempt.redeem(attempt.code()), 400, "invalid_grant");
  }

  @Test
  void nonceAndPkceAreOptional() throws Exception {
    var attempt = new Attempt(server, client);
    for (var name : List.of("nonce", "code_challenge", "code_challenge_method")) {
      attempt.query.put(name, ABSENT);
    }
    attempt.form.put("code_verifier", ABSENT);
    var answer = attempt.redeem(attempt.code());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(verified(answer, "id_token").getClaims()).doesNotContainKey("nonce");
  }

  @Test
  void hs256AssertionOfADidKeyClientIsRefused() throws Exception {
    var attempt = new Attempt(server, client);
    var code = attempt.code();
    attempt.algorithm = JWSAlgorithm.HS256;
    attempt.signer = new MACSigner("a shared secret of more than 32 bytes");

    assertError(attempt.redeem(code), 401, "invalid_client");
  }

  @Test
  void tokenEndpointIsAnAudienceToo() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("aud", server.issuer().url("/oidc/token"));

    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);
  }

  @Test
  void issuerWithTrailingSlashIsNoAudience() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("aud", server.issuer().url("/"));

    assertError(attempt.redeem(attempt.code()), 401, "invalid_client");
  }

  @Test
  void assertionKidIsTheBareDid() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertionHeader.put("kid", client.clientId());
    attempt.assertionHeader.put("typ", "JWT");
    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);

    attempt.assertionHeader.put("kid", client.clientId() + "#" + client.clientId());
    assertError(attempt.redeem(attempt.code()), 401, "invalid_client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-authentication+jwt", "oauth-authz-req+jwt"})
  void assertionTypIsJwtOrNothing(String typ) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertionHeader.put("typ", typ);

    assertError(attempt.redeem(attempt.code()), 401, "invalid_client");
  }

  @Test
  void objectIsFetchedAgainAtReload() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.authorize();
    var reloaded = attempt.visit();

    assertThat(server.calls()).containsEntry("requestObject", 2L).containsEntry("authorize", 2L);
    assertThat(location(server.choose(reloaded, Person.AUDITOR))).contains("?code=");
  }

  @Test
  void unknownClientGets403WithoutBody() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("client_id", "did:key:unknown");
    var answer = attempt.authorize();

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void foreignOriginIsRefused() throws Exception {
    var answer =
        server.get(server.issuer().url("/oidc/authorize"), "Origin", "http://evil.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("Invalid CORS request");
  }

  @Test
  void registeredUrlIsNoForeignOrigin() throws Exception {
    var attempt = new Attempt(server, client);
    var jwks = server.get(server.issuer().url("/oidc/jwks"), "Origin", client.origin());

    assertThat(jwks.statusCode()).isEqualTo(200);
    assertThat(attempt.authorize().statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"request_uri", "scope", "state"})
  void parameterIsRequiredInTheQuery(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put(name, ABSENT);

    assertThat(location(attempt.authorize())).contains("/client-error?errorCode=invalid_request");
  }

  @Test
  void scopeOfQueryAndObjectAreStringEqual() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("scope", "learcredential openid");

    assertThat(location(attempt.authorize())).contains("errorMessage=scope%20differs");
  }

  @Test
  void redirectUriOfTheObjectIsRegistered() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("redirect_uri", client.redirectUri() + "/other");

    assertThat(location(attempt.authorize())).contains("errorMessage=redirect_uri");
  }

  @Test
  void objectIsSignedWithTheKeyInTheClientId() throws Exception {
    var attempt = new Attempt(server, client);
    try (var other = TestClient.didKey()) {
      attempt.signer = other.signer();
    }

    assertThat(location(attempt.authorize())).contains("signature");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 404, 500})
  void only200WithAnObjectCounts(int status) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.status = status;
    attempt.answerHeaders.put("Location", client.origin() + "/jwks");

    assertThat(location(attempt.authorize())).contains("errorCode=invalid_request_uri");
  }

  @Test
  void expTypKidAndAudAreNotChecked() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("exp", 1);
    attempt.claims.put("aud", ABSENT);
    attempt.header.put("typ", ABSENT);
    attempt.header.put("kid", ABSENT);

    assertThat(attempt.authorize().statusCode()).isEqualTo(200);
  }

  @Test
  void refusedCredentialEndsOnTheServersErrorPage() throws Exception {
    var redirect = new Attempt(server, client).present(Person.REVOKED);
    var page = server.get(location(redirect));

    assertThat(location(redirect)).startsWith(server.issuer().url("/client-error"));
    assertThat(page.body()).contains("the credential is revoked");
  }

  @Test
  void errorPageReflectsNoMarkup() throws Exception {
    var page = server.get(server.issuer().url("/client-error?errorMessage=%3Cscript%3E"));

    assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script>");
  }

  @Test
  void listedEndpointsDoNotWork() throws Exception {
    assertThat(server.get(server.issuer().url("/oidc/userinfo")).statusCode()).isEqualTo(401);
    assertThat(server.get(server.issuer().url("/oidc/logout")).statusCode()).isEqualTo(403);
    var introspected = server.post(server.issuer().url("/oidc/introspect"), Map.of("token", "x"));
    assertThat(json(introspected)).containsExactly(Map.entry("active", false));
  }

  @Test
  void revocationRevokesNothing() throws Exception {
    var attempt = new Attempt(server, client);
    var tokens = attempt.redeem(attempt.code());

    assertThat(attempt.revoke(refreshToken(tokens)).statusCode()).isEqualTo(200);
    assertThat(attempt.refresh(refreshToken(tokens)).statusCode()).isEqualTo(200);
  }

  @Test
  void serverEndsNoLogInByItself() throws Exception {
    var form = Map.of("client", client.clientId(), "sid", "any");

    assertThat(json(server.post(server.control("logout"), form)))
        .containsEntry("error", "standin.log-out is off");
  }

  @Test
  void offeringsNeedTheAccessToken() throws Exception {
    var attempt = new Attempt(server, client);
    var tokens = json(attempt.redeem(attempt.code()));
    var url = server.issuer().url("/api/offerings");

    var refused = server.get(url);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(server.get(url, "Authorization", "Bearer " + tokens.get("id_token")).statusCode())
        .isEqualTo(401);
    var offerings = server.get(url, "Authorization", "Bearer " + tokens.get("access_token"));
    assertThat(json(offerings))
        .containsEntry("subject", Person.PRODUCT_MANAGER.did())
        .containsKey("offerings");
    assertThat(server.calls()).containsEntry("api", 3L);
  }

  @Test
  void rotationReplacesTheOnlyKey() throws Exception {
    var before = server.get(server.issuer().url("/oidc/jwks")).body();
    server.post(server.control("rotate"), Map.of());
    var attempt = new Attempt(server, client);

    assertThat(server.get(server.issuer().url("/oidc/jwks")).body()).isNotEqualTo(before);
    verified(attempt.redeem(attempt.code()), "id_token");
    assertThat(server.calls().get("jwks")).asInstanceOf(LONG).isGreaterThanOrEqualTo(2);
  }

  @Test
  void lastTokenRequestTellsNamesAndAssertion() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.redeem(attempt.code());
    var last = json(server.get(server.control("last-token-request")));

    assertThat(last)
        .containsEntry(
            "parameters",
            List.of(
                "client_assertion",
                "client_assertion_type",
                "client_id",
                "code",
                "code_verifier",
                "grant_type",
                "redirect_uri"))
        .containsEntry("assertionHeader", Map.of("alg", "ES256"));
    assertThat(last.get("assertionClaims"))
        .asInstanceOf(MAP)
        .containsEntry("jti", attempt.assertion.get("jti"));
  }

  @Test
  void wrongRegistrationIsRefused() throws Exception {
    var json = "{\"clientId\":\"did:key:zWrong\",\"redirectUris\":[\"http://127.0.0.1/c\"]}";
    var answer = server.post(server.control("clients"), "application/json", json);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer)).containsEntry("error", "not a did:key for P-256");
  }

  private static void assertError(HttpResponse<String> answer, int status, String error)
      throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer)).containsEntry("error", error);
  }

  private static String refreshToken(HttpResponse<String> answer) throws Exception {
    return String.valueOf(json(answer).get("refresh_token"));
  }

  private JWTClaimsSet verified(HttpResponse<String> answer, String name) throws Exception {
    var jwt = SignedJWT.parse(String.valueOf(json(answer).get(name)));
    var jwks = JWKSet.parse(server.get(server.issuer().url("/oidc/jwks")).body());
    var key = jwks.getKeyByKeyId(jwt.getHeader().getKeyID());
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(jwt.getHeader().getType()).hasToString("JWT");
    assertThat(jwt.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    var claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(server.issuer().ofTokens());
    assertThat(claims.getAudience()).containsExactly(client.clientId());
    return claims;
  }
}
