package io.gatehouse.standin;

import static io.gatehouse.standin.Attempt.ABSENT;
import static io.gatehouse.standin.TestServer.json;
import static io.gatehouse.standin.TestServer.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The 3.x line with strict mode: each test differs from the valid login in one field. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StrictTest {

  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.line=3.x", "--standin.strict=true");
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
  void acceptsTheValidLogIn() throws Exception {
    var attempt = new Attempt(server, client);
    var answer = attempt.redeem(attempt.code());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(attempt.refresh(String.valueOf(json(answer).get("refresh_token"))).statusCode())
        .isEqualTo(200);
    assertThat(server.violations()).isEqualTo(List.of());
  }

  @Test
  void tokensSayTheIssuerWithoutThePrefix() throws Exception {
    var attempt = new Attempt(server, client);
    var answer = json(attempt.redeem(attempt.code()));
    var idToken = SignedJWT.parse(String.valueOf(answer.get("id_token"))).getJWTClaimsSet();

    assertThat(server.issuer().discovered()).endsWith("/verifier");
    assertThat(idToken.getIssuer()).isEqualTo(server.issuer().ofTokens());
    assertThat(answer.get("expires_in")).asInstanceOf(LONG).isBetween(890L, 900L);
  }

  @Test
  void onlyThePrefixIsServed() throws Exception {
    var origin = server.issuer().ofTokens();

    assertThat(server.get(origin + "/oidc/jwks").statusCode()).isEqualTo(404);
    assertThat(server.get(origin + "/api/offerings").statusCode()).isEqualTo(401);
    assertThat(server.get(origin + "/verifier/api/offerings").statusCode()).isEqualTo(401);
  }

  @Test
  void clientWithASecretSignsObjectAndAssertionWithHs256() throws Exception {
    try (var secret = TestClient.secret("secret-client")) {
      server.register(secret.registration());
      var attempt = new Attempt(server, secret);

      assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);
      assertThat(server.violations()).isEqualTo(List.of());
    }
  }

  @Test
  void clientWithAJwksSignsObjectAndAssertionWithItsKey() throws Exception {
    try (var rsa = TestClient.rsa("rsa-client")) {
      server.register(rsa.registration());
      var attempt = new Attempt(server, rsa);

      assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);
      assertThat(server.violations()).isEqualTo(List.of());
    }
  }

  @Test
  void clientReplacedByOneWithAnotherKeyIsTheNewOne() throws Exception {
    try (var before = TestClient.rsa("same-id");
        var after = TestClient.rsa("same-id")) {
      server.register(before.registration());
      var first = new Attempt(server, before);
      first.redeem(first.code());
      server.register(after.registration());
      var attempt = new Attempt(server, after);

      assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusedCredentialReachesTheRedirectUri() throws Exception {
    var attempt = new Attempt(server, client);

    assertThat(location(attempt.present(Person.REVOKED)))
        .isEqualTo(
            client.redirectUri()
                + "?error=access_denied&error_description=credential_refused&state="
                + attempt.state());
  }

  @Test
  void promptNoneReachesTheRedirectUri() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("prompt", "none");

    assertThat(location(attempt.authorize())).contains("?error=login_required&");
  }

  @Test
  void nonceIsRequiredInTheQuery() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("nonce", ABSENT);

    assertThat(location(attempt.authorize())).contains("nonce%20is%20missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "response_type",
        "redirect_uri",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "client_id"
      })
  void claimIsRequired(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put(name, ABSENT);

    assertRefused(attempt, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "aud",
        "response_type",
        "state",
        "nonce",
        "code_challenge",
        "client_id",
        "code_challenge_method"
      })
  void claimIsTheExpectedOne(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put(name, "another");

    assertRefused(attempt, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "kid"})
  void headerIsRequired(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.header.put(name, ABSENT);

    assertRefused(attempt, name);
  }

  @Test
  @Tag("case-27")
  void requestObjectIsNoAssertion() throws Exception {
    var attempt = new Attempt(server, client);
    var code = attempt.code();
    attempt.assertionHeader.putAll(attempt.header);
    attempt.assertion.clear();
    attempt.assertion.putAll(attempt.claims);

    assertThat(attempt.redeem(code).statusCode()).isEqualTo(401);
  }

  @Test
  @Tag("case-27")
  void clientAssertionWithItsOwnClaimsIsNoRequestObject() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.header.remove("typ");
    attempt.claims.clear();
    attempt.claims.putAll(attempt.assertion);

    assertThat(location(attempt.authorize())).startsWith(server.issuer().url("/client-error?"));
  }

  @Test
  @Tag("case-27")
  void assertionIsNoRequestObject() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.header.put("typ", "JWT");

    assertRefused(attempt, "typ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "request", "request_uri"})
  void claimIsForbidden(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put(name, "anything");

    assertRefused(attempt, name);
  }

  @Test
  void audienceIsNoArray() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("aud", List.of(server.issuer().discovered()));

    assertRefused(attempt, "aud");
  }

  @Test
  void objectHasNotExpired() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("exp", now() - 1);

    assertRefused(attempt, "exp");
  }

  @Test
  void objectIsValidAlready() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("nbf", now() + 60);

    assertRefused(attempt, "nbf");
  }

  @Test
  void objectLivesAtMostAnHour() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("exp", now() + 3700);

    assertRefused(attempt, "exp - nbf");
  }

  @Test
  void objectWasIssuedInThePast() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("iat", now() + 60);

    assertRefused(attempt, "iat");
  }

  @Test
  void challengeMethodIsS256() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.mirrored("code_challenge_method", "plain");

    assertRefused(attempt, "code_challenge_method");
  }

  @Test
  void stateIsBase64url() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.mirrored("state", "a+b=");

    assertRefused(attempt, "state");
  }

  @Test
  void redirectUriOfTheQueryIsTheObjects() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("redirect_uri", client.redirectUri() + "/other");

    assertRefused(attempt, "redirect_uri");
  }

  @Test
  void mediaTypeIsExact() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.answerHeaders.put("Content-Type", "application/oauth-authz-req+jwt;charset=UTF-8");

    assertViolates(attempt, "fetch: Content-Type is not exactly application/oauth-authz-req+jwt");
  }

  @Test
  void bodyHasNoNewline() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.afterTheObject = "\n";

    assertViolates(attempt, "fetch: the body has something around the JWS");
  }

  @Test
  void bodyIsAtMost4KiB() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.claims.put("padding", "x".repeat(4096));

    assertViolates(attempt, "fetch: the body is over 4 KiB");
  }

  @Test
  void answerSetsNoCookie() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.answerHeaders.put("Set-Cookie", "a=b");

    assertViolates(attempt, "fetch: the answer sets a cookie");
  }

  @Test
  void answerIsNotStored() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.answerHeaders.put("Cache-Control", "private");

    assertViolates(attempt, "fetch: Cache-Control is not no-store");
  }

  @Test
  void requestUriIsAtMost512Characters() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.query.put("request_uri", client.origin() + "/request/" + "x".repeat(512));

    assertViolates(attempt, "authorize: request_uri is over 512 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "jti"})
  void assertionClaimIsRequired(String name) throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put(name, ABSENT);

    assertAssertionRefused(attempt, name);
  }

  @Test
  void assertionAudienceIsNoArray() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("aud", List.of(server.issuer().discovered()));

    assertAssertionRefused(attempt, "aud");
  }

  @Test
  void assertionLivesAtMostAMinute() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("exp", now() + 120);

    assertAssertionRefused(attempt, "exp");
  }

  @Test
  void assertionWasIssuedInThePast() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.assertion.put("iat", now() + 30);

    assertAssertionRefused(attempt, "iat");
  }

  @Test
  void assertionIsGoodForOneRequest() throws Exception {
    var attempt = new Attempt(server, client);
    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(200);

    assertAssertionRefused(attempt, "jti");
  }

  @Test
  void redirectUriAtTheTokenEndpointIsTheAuthorizedOne() throws Exception {
    var attempt = new Attempt(server, client);
    attempt.form.put("redirect_uri", client.redirectUri() + "/other");

    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(400);
    assertThat(server.violations()).isEqualTo(List.of("token request: redirect_uri"));
  }

  private void assertRefused(Attempt attempt, String rule) throws Exception {
    assertViolates(attempt, "request object: " + rule);
  }

  private void assertViolates(Attempt attempt, String violation) throws Exception {
    var answer = attempt.authorize();

    assertThat(location(answer)).startsWith(server.issuer().url("/client-error?errorCode=strict"));
    assertThat(server.violations()).isEqualTo(List.of(violation));
    assertThat(server.get(location(answer)).body()).contains(violation);
  }

  private void assertAssertionRefused(Attempt attempt, String rule) throws Exception {
    assertThat(attempt.redeem(attempt.code()).statusCode()).isEqualTo(401);
    assertThat(server.violations()).isEqualTo(List.of("client assertion: " + rule));
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }
}
