package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.Browser;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FakeSession;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server, or a proxy in front of it, writes a secret into each position of an answer: no log at
 * the finest level and no page repeats it, from whichever endpoint.
 */
@Tag("case-89")
@Timeout(60)
@Tag("case-128")
class ServerCanariesTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final CapturedLog log = new CapturedLog();

  ServerCanariesTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
  }

  @AfterEach
  void close() {
    log.close();
    server.close();
  }

  private static String json(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: LENGTH\r\n\r\n"
        + body;
  }

  private static String head(String line) {
    return "HTTP/1.1 200 OK\r\n" + line + "\r\n\r\n{}";
  }

  /** The positions of an answer whose form is wrong, or has more than it needs. */
  static Stream<String> forms() {
    return Stream.of(
        "{\"access_token\":\"CANARY\"}",
        "CANARY\r\n\r\n",
        "CANARY/1.1 200 OK\r\n\r\n",
        "HTTP/CANARY 200 OK\r\n\r\n",
        "HTTP/1.1 CANARY\r\n\r\n",
        "HTTP/1.1 CANARY OK\r\n\r\n",
        "HTTP/1.1 20CANARY OK\r\n\r\n",
        "HTTP/1.1 500 CANARY\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 CANARY\u001b[2J\u0000\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 100 CANARY\r\n\r\nCANARY",
        head("CANARY"),
        head(": CANARY"),
        head("CAN ARY: CANARY"),
        head("X-\u0001CANARY: x"),
        head("X: CANARY\u0001"),
        head("X: a\r\n CANARY"),
        head("X: " + "CANARY".repeat(100_000)),
        head("Content-Length: CANARY"),
        head("Content-Length: -1CANARY"),
        head("Content-Length: 2, CANARY"),
        head("Content-Length: 2\r\nContent-Length: 3CANARY"),
        head("Content-Length: 99999999999999999999CANARY"),
        head("Content-Length: 700\r\nX: CANARY"),
        head("Transfer-Encoding: CANARY"),
        head("Transfer-Encoding: chunked") + "CANARY\r\n",
        head("Transfer-Encoding: chunked\r\n\r\nCANARY\r\n{}\r\n0"),
        head("Transfer-Encoding: chunked\r\n\r\n2;CANARY=CANARY\r\n{}\r\nCANARY"),
        head("Transfer-Encoding: chunked\r\n\r\n-CANARY\r\n{}\r\n0"),
        head("Content-Type: CANARY\r\nContent-Encoding: CANARY\r\nContent-Length: 2"),
        "HTTP/1.1 302 Found\r\nLocation: https://CANARY.example/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: CANARY://CANARY CANARY\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 No\r\nWWW-Authenticate: CANARY\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 407 No\r\nProxy-Authenticate: CANARY\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 No\r\nRetry-After: CANARY\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 400 No\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html>CANARY<");
  }

  /** The positions of JSON that is sent in the right form. */
  static Stream<String> bodies() {
    return Stream.of(
            "CANARY",
            "\"CANARY\"",
            "[\"CANARY\"]",
            "{\"CANARY\":CANARY}",
            "{\"CANARY\":1,\"CANARY\":2}",
            "{\"a\":\"CANARY\\u00",
            "{\"error\":\"CANARY\",\"error_description\":\"CANARY\",\"error_uri\":\"CANARY\"}",
            "{\"access_token\":[\"CANARY\"]}",
            "{\"access_token\":\"CANARY\",\"token_type\":\"CANARY\",\"id_token\":\"CANARY\"}",
            "{\"access_token\":\"CANARY\",\"token_type\":\"Bearer\",\"id_token\":\"CANARY.A.A\"}",
            "{\"access_token\":\"CANARY\",\"token_type\":\"Bearer\",\"expires_in\":\"CANARY\"}",
            "{\"access_token\":\"CANARY\",\"token_type\":\"Bearer\",\"scope\":[\"CANARY\"]}",
            "{\"issuer\":\"CANARY\"}",
            "{\"issuer\":\"ISSUER\",\"token_endpoint\":\"CANARY\"}",
            "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":\"https://CANARY.example/\"}",
            "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":{\"CANARY\":\"CANARY\"}}",
            "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":\"ISSUER/a\","
                + "\"token_endpoint\":\"https://CANARY.example/\"}",
            "{\"keys\":\"CANARY\"}",
            "{\"keys\":[\"CANARY\"]}",
            "{\"keys\":[{\"kty\":\"CANARY\"}]}",
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"CANARY\",\"x\":\"AA\",\"y\":\"AA\"}]}",
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"CANARY\",\"y\":\"CANARY\"}]}",
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"!CANARY\",\"kid\":\"CANARY\"}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"CANARY\",\"e\":\"CANARY\",\"alg\":\"CANARY\"}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"CANARY\"]}]}",
            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5u\":\"CANARY\"}]}",
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"CANARY\",\"use\":\"CANARY\",\"key_ops\":\"CANARY\"}]}",
            "{\"request_uri\":\"CANARY CANARY\",\"expires_in\":60}",
            "{\"request_uri\":\"urn:x:y\",\"expires_in\":\"CANARY\"}",
            "{\"CANARY\":".repeat(2_000))
        .flatMap(it -> Stream.of(json(it), json(it).replace("200 OK", "400 No")));
  }

  static Stream<String> answers() {
    return Stream.concat(forms(), bodies());
  }

  private static LoopbackServer liar(String answer) throws IOException {
    return new LoopbackServer(
        (connection, out) -> {
          var issuer = "http://127.0.0.1:" + connection.getLocalPort() + "/token";
          LoopbackServer.write(out, measured(answer.replace("ISSUER", issuer)));
          connection.close();
        });
  }

  private static String measured(String answer) {
    var body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return answer.replace("LENGTH", String.valueOf(body.length()));
  }

  private Deployment deployed(ValidConfiguration configuration) throws Exception {
    return new Deployment(
        configuration
            .with(Property.HTTP_TIMEOUT, "5s")
            .with(Property.HTTP_CONNECT_TIMEOUT, "2s")
            .read(),
        clock,
        "/shop");
  }

  private void assertNothingIsRepeated(FakeResponse... responses) {
    for (var response : responses) {
      assertThat(response.body() + response.headers()).doesNotContainIgnoringCase("canary");
    }
    assertThat(log.everything())
        .allSatisfy(it -> assertThat(it).doesNotContainIgnoringCase("canary"));
    assertThat(log.ours()).allSatisfy(it -> assertThat(it).matches("[\\x20-\\x7E]{1,600}"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ofTheTokenEndpointToACode(String answer) throws Exception {
    try (var liar = liar(answer);
        var application =
            deployed(
                server
                    .endpointsOf(ValidConfiguration.ofVerifier())
                    .with(Property.ENDPOINTS_TOKEN, liar.uri().toString()))) {
      var browser = new Browser(application);
      var redirect = browser.open("/shop/orders");
      var failed = browser.comeBack("code=x&state=" + redirect.parameter("state"));
      assertThat(failed.status()).isBetween(400, 503);
      assertThat(liar.requests).isNotEmpty();
      assertThat(log.ours()).hasSize(1);
      assertNothingIsRepeated(failed);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ofTheTokenEndpointToARefresh(String answer) throws Exception {
    var configuration = server.endpointsOf(ValidConfiguration.ofVerifier());
    @Nullable FakeSession session;
    try (var application = deployed(configuration)) {
      var browser = new Browser(application);
      browser.comeBack(server.answerTo(browser.open("/shop/orders")));
      session = browser.session();
    }
    try (var liar = liar(answer);
        var application =
            deployed(configuration.with(Property.ENDPOINTS_TOKEN, liar.uri().toString()))) {
      var user = new Browser(application);
      user.keepSession(session);
      clock.advance(Duration.ofMinutes(14));
      var page = user.open("/shop/orders");
      assertThat(liar.requests).isNotEmpty();
      assertThat(log.ours()).isNotEmpty();
      assertNothingIsRepeated(page);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ofTheMetadata(String answer) throws Exception {
    try (var liar = liar(answer);
        var application =
            deployed(
                ValidConfiguration.ofVerifier().with(Property.ISSUER, liar.uri().toString()))) {
      var failed = new Browser(application).open("/shop/orders");
      assertThat(failed.status()).isBetween(500, 503);
      assertThat(liar.requests).isNotEmpty();
      assertThat(log.ours()).isNotEmpty();
      assertNothingIsRepeated(failed);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ofTheKeys(String answer) throws Exception {
    try (var liar = liar(answer);
        var application =
            deployed(
                server
                    .endpointsOf(ValidConfiguration.ofVerifier())
                    .with(Property.ENDPOINTS_JWKS, liar.uri().toString()))) {
      var browser = new Browser(application);
      var failed = browser.comeBack(server.answerTo(browser.open("/shop/orders")));
      assertThat(failed.status()).isBetween(502, 503);
      var told =
          browser.send(
              FakeRequest.of("POST", "/shop/gatehouse/backchannel-logout")
                  .form("logout_token=eyJhbGciOiJFUzI1NiJ9.e30.AAAA"));
      assertThat(told.status()).isEqualTo(503);
      assertThat(liar.requests).isNotEmpty();
      assertThat(log.ours()).hasSizeBetween(1, 3);
      assertNothingIsRepeated(failed, told);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void ofTheEndpointForPushedRequests(String answer) throws Exception {
    try (var liar = liar(answer);
        var application =
            deployed(
                server
                    .endpointsOf(ValidConfiguration.ofOidc())
                    .with(Property.REQUEST_MODE, "pushed")
                    .with(
                        Property.ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST, liar.uri().toString()))) {
      var failed = new Browser(application).open("/shop/orders");
      assertThat(failed.status()).isBetween(500, 503);
      assertThat(liar.requests).isNotEmpty();
      assertThat(log.ours()).hasSize(1);
      assertNothingIsRepeated(failed);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void ofTheRevocation(String answer) throws Exception {
    try (var liar = liar(answer);
        var application =
            deployed(
                server
                    .endpointsOf(ValidConfiguration.ofVerifier())
                    .with(Property.ENDPOINTS_REVOCATION, liar.uri().toString())
                    .with(Property.LOGOUT_REVOKE, "true"))) {
      var browser = new Browser(application);
      browser.comeBack(server.answerTo(browser.open("/shop/orders")));
      var loggedOut =
          browser.send(
              FakeRequest.of("POST", "/shop/gatehouse/logout")
                  .header("Sec-Fetch-Site", "same-origin"));
      assertThat(loggedOut.status()).isBetween(200, 303);
      assertThat(liar.requests).isNotEmpty();
      assertNothingIsRepeated(loggedOut);
    }
  }

  @Test
  void ofTheQueryOfAnAddressInTheMetadata() throws Exception {
    server.isIssuer();
    server.answersMetadataRequests(
        it -> Reply.json(it.body().replace("/token\"", "/token?key=CANARY\"")));
    server.answersTokenRequests(it -> Reply.json("x".repeat(2 << 20)));
    try (var application =
        deployed(ValidConfiguration.ofVerifier().with(Property.ISSUER, server.origin()))) {
      var browser = new Browser(application);
      var failed =
          browser.comeBack(
              server.answerTo(browser.open("/shop/orders")) + "&iss=" + server.origin());
      assertThat(failed.status()).isEqualTo(502);
      assertThat(log.ours())
          .anyMatch(it -> it.endsWith(server.origin() + "/token answers with more than 1 MiB"));
      assertNothingIsRepeated(failed);
    }
  }
}
