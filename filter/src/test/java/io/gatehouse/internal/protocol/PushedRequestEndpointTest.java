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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushed authorization requests, RFC 9126. */
class PushedRequestEndpointTest {
  private static final String PAR = ISSUER + "/par";
  private static final String REQUEST_URI = "urn:ietf:params:oauth:request_uri:6esc_11ACC5bwc0";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeCalls calls =
      new FakeCalls().serve(PAR, answer(201, created(quoted(REQUEST_URI), "60")));
  private final Map<Endpoint, URI> endpoints = new HashMap<>(ENDPOINTS);

  PushedRequestEndpointTest() {
    endpoints.put(Endpoint.PUSHED_AUTHORIZATION_REQUEST, URI.create(PAR));
  }

  private static String created(String requestUri, String expiresIn) {
    return "{\"request_uri\":%s,\"expires_in\":%s}".formatted(requestUri, expiresIn);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private String push() throws LoginFailedException {
    var server =
        new AuthorizationServer(
            ISSUER,
            endpoints,
            new JwsVerifier(Set.of(JwsAlgorithm.ES256)),
            calls,
            clock,
            new BoundedWait(Duration.ofSeconds(1), 100));
    return new PushedRequestEndpoint(server, calls).push("canary-object", TestLogin.client(clock));
  }

  private void assertFails(Failure failure, String reason) {
    assertThatThrownBy(this::push)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> {
              assertThat(e.failure()).isEqualTo(failure);
              assertThat(e.reason()).contains(reason).doesNotContain("canary");
            });
  }

  // RFC 9126 3: what authenticates the client, the object, and nothing that could differ from it
  @Test
  void pushesTheObjectAndWhatProvesTheClientAndNothingElse() throws LoginFailedException {
    assertThat(push()).isEqualTo(REQUEST_URI);
    assertThat(calls.posts).hasSize(1);
    assertThat(calls.posts.get(0))
        .containsOnlyKeys("request", "client_id", "client_assertion_type", "client_assertion")
        .containsEntry("request", "canary-object")
        .containsEntry("client_id", TestLogin.CLIENT_ID);
  }

  @Test
  void provesTheClientAnewForEachRequest() throws LoginFailedException {
    push();
    push();
    assertThat(calls.posts.get(0).get("client_assertion"))
        .isNotEqualTo(calls.posts.get(1).get("client_assertion"));
  }

  @Test
  @Tag("case-93")
  void aServerWithoutTheEndpointIsMisconfiguredAndTheRequestGoesNoOtherWay() {
    endpoints.remove(Endpoint.PUSHED_AUTHORIZATION_REQUEST);
    assertFails(
        Failure.MISCONFIGURED,
        "set gatehouse.endpoints.pushed-authorization-request, or another mode");
    assertThat(calls.posts).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "1",
        "[\"urn:x:canary\"]",
        "{}",
        "\"/relative/canary\"",
        "\"no colon canary\"",
        "\"urn:with a space:canary\"",
        "\"urn:x\\u000d\\u000aSet-Cookie: canary\"",
        "\"urn:x\\\"canary\"",
        "\"urn:x:\\u00e9canary\"",
        "\":x\""
      })
  @Tag("case-94")
  void rejectsARequestUriThatIsNoUri(String requestUri) {
    calls.serve(PAR, answer(201, created(requestUri, "60")));
    assertFails(Failure.INVALID_ANSWER, "request_uri");
  }

  @ParameterizedTest
  @CsvSource({"512, true", "513, false"})
  @Tag("case-94")
  void aRequestUriHasAtMost512Characters(int length, boolean accepted) throws Exception {
    var requestUri = "urn:" + "x".repeat(length - 4);
    calls.serve(PAR, answer(201, created(quoted(requestUri), "60")));
    if (accepted) {
      assertThat(push()).isEqualTo(requestUri);
    } else {
      assertFails(Failure.INVALID_ANSWER, "no usable request_uri");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "0.5", "null", "-1e999999999", "\"60\"", "true"})
  @Tag("case-94")
  void rejectsAnAnswerThatExpiresAtOnceOrDoesNotSayWhen(String expiresIn) {
    calls.serve(PAR, answer(201, created(quoted(REQUEST_URI), expiresIn)));
    assertFails(Failure.INVALID_ANSWER, "expires_in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "60", "1e999999999"})
  void takesEveryTimeThatIsToCome(String expiresIn) throws LoginFailedException {
    calls.serve(PAR, answer(201, created(quoted(REQUEST_URI), expiresIn)));
    assertThat(push()).isEqualTo(REQUEST_URI);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary",
        "[]",
        "{\"request_uri\":\"urn:x:1\",\"request_uri\":\"urn:x:canary\",\"expires_in\":60}"
      })
  @Tag("case-94")
  void rejectsAnAnswerThatIsNoJsonObject(String body) {
    calls.serve(PAR, answer(201, body));
    assertFails(Failure.INVALID_ANSWER, "is not one JSON object");
  }

  @Tag("case-122")
  @Test
  void rejectsARequestUriBesideAnError() {
    var created = created(quoted(REQUEST_URI), "60");
    calls.serve(PAR, answer(201, created.replace("}", ",\"error\":\"invalid_request\"}")));
    assertFails(
        Failure.INVALID_ANSWER, "the pushed request's answer has an error beside status 201");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 302, 307})
  @Tag("case-94")
  void rejectsAnAnswerWithAnotherStatusThan201(int status) {
    calls.serve(PAR, answer(status, created(quoted(REQUEST_URI), "60")));
    assertFails(Failure.INVALID_ANSWER, "status " + status + ", and not 201 (RFC 9126 2.2)");
  }

  @ParameterizedTest
  @CsvSource({
    "400, '{\"error\":\"invalid_request_object\"}', invalid_request_object",
    "401, '{\"error\":\"invalid_client\"}', invalid_client",
    "400, '', without error code",
    "404, <html>canary</html>, without error code",
    "413, '{\"error\":\"canary <script>\"}', without error code"
  })
  @Tag("case-94")
  void whatTheServerRefusesIsForTheOperator(int status, String body, String error) {
    calls.serve(PAR, answer(status, body));
    assertFails(Failure.MISCONFIGURED, "answers with status " + status + " " + error);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  @Tag("case-94")
  void aServerThatCannotAnswerNowIsUnavailable(int status) {
    calls.serve(PAR, answer(status, "canary", Duration.ofSeconds(7)));
    assertFails(Failure.UNAVAILABLE, "answers with status " + status);
    assertThatThrownBy(this::push)
        .isInstanceOfSatisfying(
            LoginFailedException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  @Tag("case-94")
  void aServerThatIsDownIsUnavailable() {
    calls.goDown();
    assertFails(Failure.UNAVAILABLE, "connection refused");
  }
}
