package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.protocol.TestLogin.ENDPOINTS;
import static io.gatehouse.internal.protocol.TestLogin.ISSUER;
import static io.gatehouse.internal.server.FakeCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.FakeCalls;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
  private static final String TOKEN = ISSUER + "/token";
  private static final String TOKENS =
      "{\"access_token\":\"canary-a\",\"id_token\":\"canary-i\",\"token_type\":\"Bearer\"}";

  private final AdjustableClock clock = new AdjustableClock();
  private final PendingLogin login = TestLogin.begin(clock);
  private final FakeCalls calls = new FakeCalls().serve(TOKEN, answer(200, TOKENS));
  private final TokenEndpoint endpoint = of(ENDPOINTS);

  private TokenEndpoint of(Map<Endpoint, URI> endpoints) {
    return new TokenEndpoint(
        new AuthorizationServer(
            ISSUER,
            endpoints,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            calls,
            clock,
            new BoundedWait(Duration.ofSeconds(1), 100)),
        calls,
        true);
  }

  private TokenResponse redeem() throws LoginFailedException {
    return endpoint.redeem(new Code("canary-code"), login, TestLogin.REDIRECT_URI);
  }

  private void assertFails(Failure failure, Duration retryAfter) {
    assertFails(this::redeem, failure, retryAfter);
    assertThat(calls.posts).as("the code is sent once").hasSize(1);
  }

  private static void assertFails(ThrowingCallable call, Failure failure, Duration retryAfter) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e.retryAfter().orElse(Duration.ZERO)).isEqualTo(retryAfter);
              assertThat(e.reason()).doesNotContain("canary");
            });
  }

  @Test
  void redeemsACodeWithExactlyTheParametersOfRfc6749Section413() throws LoginFailedException {
    assertThat(redeem().accessToken()).isEqualTo("canary-a");
    assertThat(calls.posts).hasSize(1);
    assertThat(calls.posts.get(0))
        .containsOnlyKeys(
            "grant_type",
            "code",
            "redirect_uri",
            "code_verifier",
            "client_id",
            "client_assertion_type",
            "client_assertion")
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "canary-code")
        .containsEntry("redirect_uri", TestLogin.REDIRECT_URI)
        .containsEntry("code_verifier", login.codeVerifier().value())
        .containsEntry("client_id", TestLogin.CLIENT_ID);
  }

  @ParameterizedTest
  @Tag("case-122")
  @CsvSource({
    "200, invalid_grant, GRANT_REFUSED",
    "200, invalid_client, MISCONFIGURED",
    "200, something_new, GRANT_REFUSED",
    "200, temporarily_unavailable, UNAVAILABLE",
    "400, temporarily_unavailable, UNAVAILABLE",
    "400, server_error, UNAVAILABLE",
    "200, no code, INVALID_ANSWER"
  })
  void anErrorIsARefusalWhateverTheStatus(int status, String error, Failure failure) {
    calls.serve(TOKEN, answer(status, "{\"error\":\"" + error + "\"}"));
    assertFails(failure, Duration.ZERO);
  }

  @ParameterizedTest
  @Tag("case-122")
  @CsvSource({
    "access_token, \"invalid_grant\"",
    "id_token, \"invalid_grant\"",
    "refresh_token, \"invalid_grant\"",
    "access_token, \"temporarily_unavailable\"",
    "access_token, {}"
  })
  void anErrorBesideATokenIsNeither(String token, String error) {
    calls.serve(TOKEN, answer(200, "{\"" + token + "\":\"t\",\"error\":" + error + "}"));
    assertFails(Failure.INVALID_ANSWER, Duration.ZERO);
  }

  @ParameterizedTest
  @Tag("case-122")
  @CsvSource({"\"invalid_grant\", false", "\"\", true", "null, true"})
  void tokensCountOnlyWithoutAnError(String error, boolean accepted) throws LoginFailedException {
    calls.serve(TOKEN, answer(200, TOKENS.replace("}", ",\"error\":" + error + "}")));
    if (accepted) {
      assertThat(redeem().accessToken()).isEqualTo("canary-a");
    } else {
      assertFails(Failure.INVALID_ANSWER, Duration.ZERO);
    }
  }

  @Test
  @Tag("case-60")
  void sendsANewAssertionEachTime() throws LoginFailedException {
    redeem();
    redeem();
    assertThat(calls.posts.get(0).get("client_assertion"))
        .isNotEqualTo(calls.posts.get(1).get("client_assertion"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_grant, GRANT_REFUSED",
    "400, invalid_client, MISCONFIGURED",
    "400, unauthorized_client, MISCONFIGURED",
    "400, invalid_request, MISCONFIGURED",
    "400, unsupported_grant_type, MISCONFIGURED",
    "400, invalid_scope, MISCONFIGURED",
    "400, something_new, GRANT_REFUSED",
    "401, invalid_client, MISCONFIGURED",
    "401, something_new, MISCONFIGURED",
    "403, access_denied, GRANT_REFUSED"
  })
  @Tag("case-48")
  void reportsTheErrorAsTheFailureThatItMeans(int status, String error, Failure failure) {
    calls.serve(TOKEN, answer(status, "{\"error\":\"" + error + "\"}"));
    assertFails(failure, Duration.ZERO);
    assertThatThrownBy(this::redeem)
        .hasMessage("the token endpoint answers " + status + " " + error);
  }

  @ParameterizedTest
  @CsvSource({
    "400, '', GRANT_REFUSED",
    "403, '', GRANT_REFUSED",
    "404, '', GRANT_REFUSED",
    "401, '', MISCONFIGURED",
    "400, <html>canary</html>, GRANT_REFUSED",
    "400, '{\"error\":1}', GRANT_REFUSED",
    "400, '{\"error\":\"canary, \\u000d\\u000a\"}', GRANT_REFUSED",
    "400, '{\"error\":\"invalid_client\",\"error\":\"canary\"}', GRANT_REFUSED"
  })
  @Tag("case-48")
  @Tag("case-69")
  void takesARefusalWithoutReadableErrorForARefusalAllTheSame(
      int status, String body, Failure failure) {
    calls.serve(TOKEN, answer(status, body));
    assertFails(failure, Duration.ZERO);
    assertThatThrownBy(this::redeem)
        .hasMessage("the token endpoint answers " + status + " without error code");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429, 407, 408, 421, 425})
  @Tag("case-48")
  @Tag("case-84")
  void keepsRetryAfterOfAServerThatCannotAnswerNow(int status) {
    calls.serve(TOKEN, answer(status, "canary", Duration.ofSeconds(60)));
    assertFails(Failure.UNAVAILABLE, Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 302, 303, 307, 308})
  @Tag("case-48")
  void takesNoOtherStatusForAnAnswer(int status) {
    calls.serve(TOKEN, answer(status, TOKENS));
    assertFails(Failure.INVALID_ANSWER, Duration.ZERO);
  }

  @Test
  @Tag("case-45")
  void rejectsTheHtmlOfACaptivePortal() {
    calls.serve(TOKEN, answer(200, "<html>canary</html>"));
    assertFails(Failure.INVALID_ANSWER, Duration.ZERO);
  }

  @Test
  @Tag("case-85")
  void sendsTheCodeOnceIfTheServerCannotBeReached() {
    calls.goDown();
    assertFails(Failure.UNAVAILABLE, Duration.ZERO);
  }

  private TokenEndpoint revoking(boolean hasEndpoint) {
    var endpoints = new HashMap<>(ENDPOINTS);
    if (hasEndpoint) {
      endpoints.put(Endpoint.REVOCATION, URI.create(ISSUER + "/revoke"));
    }
    return of(endpoints);
  }

  @Test
  void revokesWithExactlyTheParametersOfRfc7009Section21() throws LoginFailedException {
    calls.serve(ISSUER + "/revoke", answer(200, ""));
    assertThat(revoking(true).revoke("canary-r", login.client())).isTrue();
    assertThat(calls.posts).hasSize(1);
    assertThat(calls.posts.get(0))
        .containsOnlyKeys(
            "token", "token_type_hint", "client_id", "client_assertion_type", "client_assertion")
        .containsEntry("token", "canary-r")
        .containsEntry("token_type_hint", "refresh_token");
  }

  @Test
  void revokesNothingAtAServerWithoutSuchAnEndpoint() throws LoginFailedException {
    assertThat(revoking(false).revoke("canary-r", login.client())).isFalse();
    assertThat(calls.posts).isEmpty();
  }

  @Test
  void aRevocationThatIsNotAnsweredWith200HasFailed() {
    calls.serve(ISSUER + "/revoke", answer(503, "canary"));
    assertFails(
        () -> revoking(true).revoke("canary-r", login.client()),
        Failure.UNAVAILABLE,
        Duration.ZERO);
  }
}
