package io.gatehouse.standin;

import static io.gatehouse.standin.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each trouble that a refresh can be told to have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefreshTroubleTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;
  private TestClient client;
  private Attempt attempt;
  private HttpResponse<String> first;

  @BeforeAll
  void start() throws Exception {
    server = TestServer.start("--standin.line=3.x", "--standin.rotate-refresh-tokens=true");
    client = TestClient.didKey();
    server.register(client.registration());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    server.post(server.control("reset"), Map.of());
    attempt = new Attempt(server, client);
    first = attempt.redeem(attempt.code());
  }

  @AfterEach
  void everyKindCountsAsRefresh() throws Exception {
    assertThat(server.calls().get("refresh")).isNotEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid-grant, 400, application/json, none",
    "bad-request, 400, text/html, none",
    "unauthorized, 401, none, none",
    "forbidden, 403, none, none",
    "too-many, 429, none, 7",
    "unavailable, 503, none, 3",
    "html, 200, text/html, none",
    "empty, 200, none, none"
  })
  void answersInsteadOfTheTokenEndpoint(
      String kind, int status, String contentType, String retryAfter) throws Exception {
    trouble(Map.of("kind", kind));
    var answer = refresh(first);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("none")).startsWith(contentType);
    assertThat(answer.headers().firstValue("Retry-After").orElse("none")).isEqualTo(retryAfter);
    assertThat(answer.body().isEmpty()).isEqualTo(contentType.equals("none"));
    assertRefreshTokenIsStillGood();
  }

  @Test
  void invalidGrantIsTheErrorOfRfc6749() throws Exception {
    trouble(Map.of("kind", "invalid-grant"));

    assertThat(refresh(first).body()).isEqualTo("{\"error\":\"invalid_grant\"}");
  }

  @Test
  void lastsForAsManyTimesAsAskedFor() throws Exception {
    trouble(Map.of("kind", "forbidden", "times", "2"));

    assertThat(refresh(first).statusCode()).isEqualTo(403);
    assertThat(refresh(first).statusCode()).isEqualTo(403);
    assertThat(refresh(first).statusCode()).isEqualTo(200);
    assertThat(server.calls()).containsEntry("refresh", 3L).containsEntry("token", 1L);
  }

  @Test
  void lastsUntilNoneOrReset() throws Exception {
    trouble(Map.of("kind", "forbidden"));
    assertThat(refresh(first).statusCode()).isEqualTo(403);
    trouble(Map.of("kind", "none"));
    var second = refresh(first);
    assertThat(second.statusCode()).isEqualTo(200);

    trouble(Map.of("kind", "forbidden"));
    server.post(server.control("reset"), Map.of());
    assertThat(refresh(second).statusCode()).isEqualTo(200);
  }

  @Test
  void concernsRefreshesOnly() throws Exception {
    trouble(Map.of("kind", "unavailable", "times", "1"));

    assertThat(attempt.redeem(attempt.code()).statusCode()).isNotEqualTo(503);
    assertThat(refresh(first).statusCode()).isEqualTo(503);
  }

  @Test
  void hugeIsTwoMebibytesOfJson() throws Exception {
    trouble(Map.of("kind", "huge"));
    var answer = refresh(first);

    assertThat(answer.body()).hasSizeGreaterThan(2 << 20);
    assertThat(json(answer)).containsKey("access_token");
  }

  @Test
  void slowSendsHeadersAtOnceAndAByteASecond() throws Exception {
    trouble(Map.of("kind", "slow"));
    var began = Instant.now();
    var answer = http.send(bareRefresh(), BodyHandlers.ofInputStream());
    var headersAfter = Duration.between(began, Instant.now());
    try (var body = answer.body()) {
      assertThat(body.readNBytes(2)).hasSize(2);
    }

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(headersAfter).isLessThan(Duration.ofMillis(900));
    assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(1_900));
  }

  @Test
  void silentAnswersNothing() throws Exception {
    trouble(Map.of("kind", "silent"));

    assertThatThrownBy(() -> http.send(bareRefresh(), BodyHandlers.ofString()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void resetAfterRotatesTheTokenAndTellsNobody() throws Exception {
    trouble(Map.of("kind", "reset-after", "times", "1"));

    assertThatThrownBy(() -> refresh(first))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    assertThat(refresh(first).statusCode()).isEqualTo(403);
  }

  @Test
  void badIdTokenSignatureIsByAnotherKeyUnderTheSameKid() throws Exception {
    trouble(Map.of("kind", "bad-id-token-signature"));
    var answer = refresh(first);

    assertThat(verifies(answer)).isFalse();
    assertThat(idToken(answer).getHeader().getKeyID()).isEqualTo(keys().get(0));
    assertRotated(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "other-subject, sub, did:key:somebody-else",
    "other-issuer, iss, https://other-issuer.example"
  })
  void wrongClaimIsSignedRight(String kind, String claim, String value) throws Exception {
    trouble(Map.of("kind", kind));
    var answer = refresh(first);

    assertThat(verifies(answer)).isTrue();
    assertThat(idToken(answer).getJWTClaimsSet().getClaim(claim)).isEqualTo(value);
    assertRotated(answer);
  }

  @ParameterizedTest
  @CsvSource({"no-refresh-token, refresh_token", "no-id-token, id_token"})
  void leavesOneTokenOut(String kind, String name) throws Exception {
    trouble(Map.of("kind", kind));
    var answer = json(refresh(first));

    assertThat(json(first)).containsKey(name);
    assertThat(answer).doesNotContainKey(name).containsKey("access_token").hasSize(4);
  }

  @Test
  void refusedRefreshStaysRefused() throws Exception {
    trouble(Map.of("kind", "other-subject"));

    assertThat(attempt.refresh("unknown").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind=unknown", "kind=html&times=0"})
  void wrongScriptIsRefused(String form) throws Exception {
    var answer =
        server.post(server.control("refresh-trouble"), "application/x-www-form-urlencoded", form);
    refresh(first);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer)).containsKey("error");
  }

  private void trouble(Map<String, String> form) throws Exception {
    assertThat(server.post(server.control("refresh-trouble"), form).statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> refresh(HttpResponse<String> before) throws Exception {
    return attempt.refresh(String.valueOf(json(before).get("refresh_token")));
  }

  /** Enough where the trouble comes before the token endpoint looks at it. */
  private HttpRequest bareRefresh() {
    return HttpRequest.newBuilder(URI.create(server.issuer().url("/oidc/token")))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .timeout(Duration.ofSeconds(2))
        .POST(BodyPublishers.ofString("grant_type=refresh_token"))
        .build();
  }

  private void assertRefreshTokenIsStillGood() throws Exception {
    trouble(Map.of("kind", "none"));
    assertThat(refresh(first).statusCode()).isEqualTo(200);
  }

  private void assertRotated(HttpResponse<String> answer) throws Exception {
    assertThat(json(answer).get("refresh_token")).isNotEqualTo(json(first).get("refresh_token"));
  }

  private static SignedJWT idToken(HttpResponse<String> answer) throws Exception {
    return SignedJWT.parse(String.valueOf(json(answer).get("id_token")));
  }

  private List<String> keys() throws Exception {
    return jwks().getKeys().stream().map(key -> Objects.requireNonNull(key.getKeyID())).toList();
  }

  private JWKSet jwks() throws Exception {
    return JWKSet.parse(server.get(server.issuer().url("/oidc/jwks")).body());
  }

  private boolean verifies(HttpResponse<String> answer) throws Exception {
    return idToken(answer).verify(new ECDSAVerifier(jwks().getKeys().get(0).toECKey()));
  }
}
