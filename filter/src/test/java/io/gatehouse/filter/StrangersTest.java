package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The callback of a browser to which no login of this state was given: 400, and no alarm. */
@Tag("case-127")
class StrangersTest {
  private static final String NO_LOGIN = "no login of this browser has this state";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final CapturedLog log = new CapturedLog();
  private Deployment application;
  private Browser stranger;

  StrangersTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application = deployed(ofVerifier());
    stranger = new Browser(application);
  }

  private ValidConfiguration ofVerifier() {
    return server.endpointsOf(ValidConfiguration.ofVerifier());
  }

  private Deployment deployed(ValidConfiguration configuration) throws Exception {
    return new Deployment(configuration.read(), clock, "/shop");
  }

  private void deploy(ValidConfiguration configuration) throws Exception {
    application.close();
    application = deployed(configuration);
    stranger = new Browser(application);
  }

  private void deployAskingForSignedResponses() throws Exception {
    server.knows("shop");
    deploy(
        server.endpointsOf(ValidConfiguration.ofOidc()).with(Property.RESPONSE_MODE, "query.jwt"));
  }

  @AfterEach
  void close() {
    log.close();
    application.close();
    server.close();
  }

  private void assertNoAlarm(FakeResponse response) {
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("<h1>This link does not work here</h1>");
    assertThat(response.cookies()).allSatisfy(it -> assertThat(it.getValue()).isEmpty());
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).matches("INFO \\[[a-z0-9]{10}] GH521 invalid-request: .*");
    assertThat(server.calls()).isEmpty();
    assertThat(stranger.session()).isNull();
    log.clear();
  }

  /** The errors of RFC 6749, RFC 9101, RFC 9126, OpenID Connect Core and CIBA, and texts. */
  static Stream<String> errors() {
    return Stream.of(
        "invalid_request",
        "unauthorized_client",
        "access_denied",
        "unsupported_response_type",
        "invalid_scope",
        "server_error",
        "temporarily_unavailable",
        "interaction_required",
        "login_required",
        "account_selection_required",
        "consent_required",
        "invalid_request_uri",
        "invalid_request_object",
        "request_not_supported",
        "request_uri_not_supported",
        "registration_not_supported",
        "invalid_client",
        "invalid_grant",
        "invalid_target",
        "unmet_authentication_requirements",
        "something_new",
        "a\r\nSEVERE forged",
        "\u0000\u001b[2J",
        "<script>",
        "x".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsNoAlarmWithoutACookie(String error) throws Exception {
    var encoded = "error=" + URLEncoder.encode(error, StandardCharsets.UTF_8);
    for (var rest :
        List.of(
            "",
            "&state=",
            "&state",
            "&state=invented",
            "&error_description=the+client+is+unknown",
            "&state=invented&error_description=a%0D%0ASEVERE%20forged",
            "&state=a&state=b",
            "&code=invented",
            "&state=invented&code=invented",
            "&state=invented&iss=https%3A%2F%2Fverifier.example",
            "&state=%zz")) {
      assertNoAlarm(stranger.comeBack(encoded + rest));
      assertNoAlarm(stranger.comeBack(rest.replaceFirst("^&", "") + "&" + encoded));
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsNoAlarmWithTheStateOfAnotherLogin(String error) throws Exception {
    var encoded = "error=" + URLEncoder.encode(error, StandardCharsets.UTF_8);
    var ofOthers = new Browser(application).open("/shop/orders").parameter("state");
    assertNoAlarm(stranger.comeBack(encoded + "&state=" + ofOthers));
    stranger.open("/shop/orders"); // has a login of its own, and its cookie
    assertNoAlarm(stranger.comeBack(encoded + "&state=" + ofOthers));
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, 403",
    "login_required, 401",
    "something_new, 403",
    "invalid_request, 400",
    "unauthorized_client, 400",
    "invalid_request_object, 400",
    "temporarily_unavailable, 400",
    "server_error, 400"
  })
  void anErrorWithoutStateIsForTheUserDuringALoginAndNeverAnAlarm(String error, int status)
      throws Exception {
    var redirect = stranger.open("/shop/orders");
    assertThat(stranger.comeBack("error=" + error).status()).isEqualTo(status);
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).startsWith("INFO ");
    assertThat(stranger.comeBack(server.answerTo(redirect)).status()).isEqualTo(303);
  }

  @Test
  void anErrorWithAValidStateIsAnAlarm() throws Exception {
    var redirect = stranger.open("/shop/orders");
    var page = stranger.comeBack("error=invalid_request&state=" + redirect.parameter("state"));
    assertThat(page.status()).isEqualTo(500);
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0)).matches("WARNING \\[.*] GH511 misconfigured: .*invalid_request");
  }

  @ParameterizedTest
  @MethodSource("errors")
  void aSignedErrorIsNotReadWithoutACookie(String error) throws Exception {
    deployAskingForSignedResponses();
    var redirect = new Browser(application).open("/shop/orders");
    var signed = new HashMap<String, Object>();
    signed.put("error", error);
    assertNoAlarm(stranger.comeBack("response=" + server.securedResponse(signed)));
    signed.put("state", redirect.parameter("state"));
    assertNoAlarm(stranger.comeBack("response=" + server.securedResponse(signed)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response=eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
        "response=eyJhbGciOiJFUzI1NiIsImtpZCI6ImludmVudGVkIn0.e30.AAAA",
        "response=x",
        "response=",
        "error=invalid_request&state=x",
        "code=x&state=x",
        ""
      })
  void noKeysAreFetchedForAResponseOfABrowserWithoutALogin(String query) throws Exception {
    deployAskingForSignedResponses();
    server.answersKeyRequests(it -> FakeAuthorizationServer.Reply.status(503, ""));
    assertNoAlarm(stranger.comeBack(query));
    stranger.cookies().put("__Host-gatehouse-AAAAAAAAAA-AAAAAAAAAA", "invented");
    assertNoAlarm(stranger.comeBack(query));
  }

  @Test
  void aSignedErrorOfALoginOfThisBrowserIsRead() throws Exception {
    deployAskingForSignedResponses();
    var redirect = stranger.open("/shop/orders");
    var signed =
        server.securedResponse(
            Map.of("error", "invalid_request", "state", redirect.parameter("state")));
    assertThat(stranger.comeBack("response=" + signed).status()).isEqualTo(500);
    assertThat(log.ours()).anyMatch(it -> it.startsWith("WARNING ") && it.contains("GH511"));
  }

  @Test
  void aLateSignedResponseIsSaidToBeLate() throws Exception {
    deployAskingForSignedResponses();
    var redirect = stranger.open("/shop/orders");
    clock.advance(Duration.ofMinutes(6));
    var signed =
        server.securedResponse(
            Map.of("code", server.codeFor(redirect), "state", redirect.parameter("state")));
    assertThat(stranger.comeBack("response=" + signed).body())
        .contains("<h1>The login took too long</h1>");
  }

  @Test
  void anAddressWithoutAPublicUrlIsNoAlarmAtTheCallback() throws Exception {
    deploy(ofVerifier().with(Property.ISSUER, "http://localhost:9").without(Property.PUBLIC_URL));
    for (var host : List.of("evil.example", "localhost.evil.example", "", "[::1", "x\u0000")) {
      assertNoAlarm(
          stranger.send(
              FakeRequest.navigation("/shop/gatehouse/callback?error=invalid_request&state=x")
                  .header("Host", host)));
    }
    assertNoAlarm(
        stranger.send(
            FakeRequest.navigation("/shop/gatehouse/callback?code=x&state=x")
                .header("Host", "localhost")
                .from("192.0.2.7")));
  }

  static Stream<FakeRequest> oddRequests() {
    var callback = "/shop/gatehouse/callback";
    var long16 = "x".repeat(17 * 1024);
    var some = FakeRequest.navigation(callback + "?code=x&state=y");
    for (var i = 0; i < 500; i++) {
      some.header("X-" + i, "x".repeat(100)).cookie("c" + i, "x".repeat(100));
    }
    return Stream.of(
        FakeRequest.navigation(callback + "?" + long16),
        FakeRequest.navigation(callback + "?state=" + long16),
        FakeRequest.navigation(callback + "?state=" + "x".repeat(15_000)),
        FakeRequest.navigation(callback + "?code=" + long16 + "&state=x"),
        FakeRequest.navigation(callback + "?error=x&error_description=" + "x".repeat(15_000)),
        FakeRequest.navigation(callback + "?" + "&".repeat(10_000)),
        FakeRequest.navigation(callback + "?" + "a=b&".repeat(4_000)),
        FakeRequest.navigation(callback + "?" + "%".repeat(100)),
        FakeRequest.navigation(callback + "?state=%ff%fe&code=%c0%af"),
        FakeRequest.navigation(callback + "?state=\ud800&code=\u0000"),
        FakeRequest.navigation(callback + "?response=x"),
        FakeRequest.navigation(callback + "?"),
        some,
        FakeRequest.navigation(callback + "?code=x&state=y").header("Accept-Language", long16),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Accept-Language", "*;q=x,-,"),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Cookie", long16),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Cookie", ";;;=;=\u0000"),
        FakeRequest.navigation(callback + "?code=x&state=y").header("User-Agent", long16),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Host", long16),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Origin", long16),
        FakeRequest.navigation(callback + "?code=x&state=y").header("Sec-Purpose", long16),
        FakeRequest.navigation(callback + "?code=x&state=y")
            .cookie("__Host-gatehouse-AAAAAAAAAA-AAAAAAAAAA", long16));
  }

  @ParameterizedTest
  @MethodSource("oddRequests")
  void anOddRequestIsNoFault(FakeRequest request) throws Exception {
    assertNoAlarm(stranger.send(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/x", ";x=y", ";jsessionid=x", "%00", "%2f", "/%ff", "//", "/.."})
  void anOddPathIsNoFaultAndNoAlarm(String suffix) throws Exception {
    for (var more : List.of("", "x".repeat(20_000))) {
      var answer = stranger.open("/shop/gatehouse/callback" + suffix + more + "?error=x&state=y");
      assertThat(answer.status()).isIn(302, 400);
      assertThat(log.ours()).noneMatch(it -> it.startsWith("WARNING") || it.startsWith("SEVERE"));
    }
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void whoIsLoggedInGetsToTheApplicationByAnOldCallback() throws Exception {
    deployAskingForSignedResponses();
    var redirect = stranger.open("/shop/orders");
    var signed =
        server.securedResponse(
            Map.of("code", server.codeFor(redirect), "state", redirect.parameter("state")));
    assertThat(stranger.comeBack("response=" + signed).status()).isEqualTo(303);
    assertThat(stranger.comeBack("response=" + signed).header("Location"))
        .isEqualTo("https://app.example/shop/");
    assertThat(log.ours()).noneMatch(it -> it.contains(NO_LOGIN));
  }
}
