package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret reaches a log, at the finest level, whatever happens. */
@Tag("case-89")
class LogTest {
  private static final String PRIVATE_KEY = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;
  private final Browser browser;
  private final CapturedLog log = new CapturedLog();
  private final List<String> secrets = new ArrayList<>();

  LogTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    server.knows("shop");
    var configuration =
        server.endpointsOf(
            ValidConfiguration.ofOidc()
                .with(Property.SIGNING_KEY, ValidConfiguration.RFC_7515_A_3));
    application = new Deployment(configuration.read(), clock, "/shop");
    browser = new Browser(application);
    secrets.addAll(
        List.of(
            "canary",
            PRIVATE_KEY,
            ValidConfiguration.CLIENT_SECRET,
            FakeAuthorizationServer.ACCESS_TOKEN,
            FakeAuthorizationServer.REFRESH_TOKEN));
  }

  @AfterEach
  void close() {
    log.close();
    application.close();
    server.close();
  }

  private String begin() throws Exception {
    var redirect = browser.open("/shop/orders?token=canary-of-the-query");
    secrets.add(redirect.parameter("state"));
    secrets.add(redirect.parameter("nonce"));
    secrets.add(redirect.parameter("request_uri").replaceAll(".*/", ""));
    secrets.add(redirect.cookies().get(0).getValue());
    return server.answerTo(redirect);
  }

  private void assertNoSecret() {
    for (var form : server.tokenRequests()) {
      secrets.add(form.getOrDefault("code_verifier", "canary"));
      secrets.add(form.getOrDefault("client_assertion", "canary"));
    }
    assertThat(log.everything())
        .allSatisfy(line -> assertThat(line).doesNotContain(secrets.toArray(String[]::new)));
  }

  @Test
  void theLogIsCapturedAtAll() throws Exception {
    browser.open("/shop/gatehouse/callback");
    assertThat(log.ours()).hasSize(1);
    assertThat(log.everything()).isNotEmpty();
  }

  @Test
  void ofALoginThatEndsWell() throws Exception {
    var query = begin();
    assertThat(browser.comeBack(query).status()).isEqualTo(303);
    var session = Objects.requireNonNull(browser.session());
    var tokens = (Tokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
    secrets.add(tokens.idToken());
    browser.open("/shop/orders");
    browser.comeBack(query);
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=canary-code&state=canary-state",
        "code=canary-code&code=canary-code&state=canary-state",
        "code=canary-code",
        "state=canary-state",
        "id_token=canary-token&state=canary-state",
        "access_token=canary-token",
        "code=canary-%zz",
        "error=canary error\"&state=",
        "iss=canary&code=canary&state=canary",
        "canary=canary"
      })
  void ofACallbackThatIsNobodys(String query) throws Exception {
    begin();
    assertThat(browser.comeBack(query).status()).isBetween(400, 403);
    assertThat(log.ours()).hasSize(1);
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&error=canary",
        "&code=canary",
        "&iss=https://canary.example",
        "&id_token=canary"
      })
  void ofACallbackThatBreaksARule(String more) throws Exception {
    assertThat(browser.comeBack(begin() + more).status()).isEqualTo(400);
    assertThat(log.ours()).hasSize(1);
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "{\"access_token\":\"canary\"}",
        "{\"error\":\"canary of a text\"}",
        "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}",
        "{\"id_token\":\"canary.canary.canary\",\"access_token\":\"canary\",\"token_type\":\"canary\"}"
      })
  void ofATokenAnswerThatIsNone(String body) throws Exception {
    for (var status : List.of(200, 400, 401, 500)) {
      server.answersTokenRequests(it -> Reply.status(status, body));
      assertThat(browser.comeBack(begin()).status()).isGreaterThanOrEqualTo(400);
    }
    assertThat(log.ours()).hasSize(4);
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "iss", "aud", "azp", "sub", "exp", "iat", "at_hash"})
  void ofAnIdTokenThatBreaksARule(String claim) throws Exception {
    server.idTokens(
        claims -> {
          var changed = new HashMap<>(claims);
          changed.put(claim, List.of("canary"));
          return changed;
        });
    assertThat(browser.comeBack(begin()).status()).isEqualTo(502);
    assertNoSecret();
  }

  @Test
  void ofAnIdTokenWithTheSignatureOfAnotherKey() throws Exception {
    server.answersKeyRequests(it -> Reply.json("{\"keys\":[" + publicKey() + "]}"));
    assertThat(browser.comeBack(begin()).status()).isEqualTo(502);
    assertNoSecret();
  }

  private static String publicKey() {
    return ValidConfiguration.RFC_7515_A_3.replaceFirst(",\"d\":\"[^\"]+\"", ",\"kid\":\"1\"");
  }

  @Test
  void ofRequestsForObjectsThatAreNone() throws Exception {
    begin();
    for (var path : List.of("canary", "canary/canary", "%0d%0acanary")) {
      application.answer(FakeRequest.get("/shop/gatehouse/request/" + path));
    }
    assertNoSecret();
  }

  @Test
  void ofRequestsWithCredentialsOfOthers() throws Exception {
    var request =
        FakeRequest.navigation("/shop/;canary?canary")
            .header("Authorization", "Bearer canary")
            .header("Cookie", "canary=canary")
            .header("Host", "canary.example")
            .header("Origin", "https://canary.example");
    assertThat(browser.send(request).status()).isEqualTo(400);
    assertThat(
            browser
                .send(
                    FakeRequest.of("POST", "/shop/gatehouse/logout?canary")
                        .header("Origin", "https://canary.example"))
                .status())
        .isEqualTo(403);
    assertThat(log.ours()).hasSize(2);
    assertNoSecret();
  }

  @Test
  void whatAStrangerSaysOfAnErrorIsOneShortLine() throws Exception {
    var description = "a%0D%0A2026%20SEVERE%20forged" + "x".repeat(1000);
    browser.comeBack("error=access_denied&error_description=" + description);
    assertThat(log.ours()).hasSize(1);
    assertThat(log.ours().get(0))
        .contains("of no login (RFC 6749 4.1.2.1): access_denied (a??2026 SEVERE forgedxxx")
        .hasSizeLessThan(400);
  }
}
