package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are signed: asked for, and then nothing else accepted. */
class ResponseModesTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Refusals refusals = new Refusals(clock);
  private Optional<Deployment> application = Optional.empty();

  ResponseModesTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    server.knows("shop");
  }

  @AfterEach
  void close() {
    refusals.close();
    application.ifPresent(Deployment::close);
    server.close();
  }

  private Browser browserOf(ValidConfiguration configuration) throws Exception {
    var deployed = new Deployment(configuration.read(), clock, "/shop");
    application = Optional.of(deployed);
    return new Browser(deployed);
  }

  private Browser asking() throws Exception {
    return browserOf(
        server.endpointsOf(ValidConfiguration.ofOidc()).with(Property.RESPONSE_MODE, "query.jwt"));
  }

  private String secured(FakeResponse redirect) {
    return server.securedResponse(
        Map.of("code", server.codeFor(redirect), "state", redirect.parameter("state")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "query.jwt"})
  void asksForASignedAnswerAndEndsTheLoginByIt(String mode) throws Exception {
    var browser =
        browserOf(
            server.endpointsOf(ValidConfiguration.ofOidc()).with(Property.RESPONSE_MODE, mode));
    var redirect = browser.open("/shop/orders?id=7");
    assertThat(redirect.parameter("response_mode")).isEqualTo(mode);

    var back = browser.comeBack("response=" + secured(redirect));

    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
  }

  @Test
  void asksForNoFormIfNoneIsConfigured() throws Exception {
    var browser = browserOf(server.endpointsOf(ValidConfiguration.ofOidc()));
    assertThat(browser.open("/shop/orders").parameters()).doesNotContainKey("response_mode");
  }

  @Test
  @Tag("case-95")
  void aPlainAnswerIsRefusedAndTheLoginIsIntact() throws Exception {
    var browser = asking();
    var redirect = browser.open("/shop/orders");
    var plain = server.answerTo(redirect);
    refusals.assertRefused(browser, browser.comeBack(plain), 400);
    refusals.assertRefused(
        browser, browser.comeBack("error=access_denied&state=" + redirect.parameter("state")), 400);
    refusals.assertRefused(
        browser, browser.comeBack("response=" + secured(redirect) + "&" + plain), 400);
    assertThat(server.tokenRequests()).isEmpty();
    assertThat(browser.comeBack("response=" + secured(redirect)).status()).isEqualTo(303);
  }

  @Test
  @Tag("case-95")
  void aSignedAnswerThatNobodyAskedForIsRefusedAndTheLoginIsIntact() throws Exception {
    var browser = browserOf(server.endpointsOf(ValidConfiguration.ofOidc()));
    var redirect = browser.open("/shop/orders");
    refusals.assertRefused(browser, browser.comeBack("response=" + secured(redirect)), 400);
    assertThat(server.tokenRequests()).isEmpty();
    assertThat(browser.comeBack(server.answerTo(redirect)).status()).isEqualTo(303);
  }

  @Test
  @Tag("case-96")
  void aForgedAnswerTakesNoCookieAway() throws Exception {
    var browser = asking();
    var redirect = browser.open("/shop/orders");
    var genuine = secured(redirect);
    var forged = genuine.substring(0, genuine.length() - 8) + "AAAAAAAA";
    var cookies = Map.copyOf(browser.cookies());
    refusals.assertRefused(browser, browser.comeBack("response=" + forged), 400);
    assertThat(browser.cookies()).isEqualTo(cookies);
    assertThat(browser.comeBack("response=" + genuine).status()).isEqualTo(303);
  }

  @Test
  @Tag("case-96")
  void aSignedErrorIsTheServersWord() throws Exception {
    var browser = asking();
    var redirect = browser.open("/shop/orders");
    var response =
        server.securedResponse(
            Map.of("error", "access_denied", "state", redirect.parameter("state")));
    refusals.assertRefused(browser, browser.comeBack("response=" + response), 403);
  }

  @Test
  @Tag("case-95")
  void aServerThatSaysThatItCannotSignAnswersIsToldAndNotAsked() throws Exception {
    server.isIssuer();
    server.answersMetadataRequests(
        it ->
            Reply.json(it.body().replaceFirst("}$", ",\"response_modes_supported\":[\"query\"]}")));
    var browser =
        browserOf(
            ValidConfiguration.ofOidc()
                .with(Property.ISSUER, server.origin())
                .with(Property.RESPONSE_MODE, "query.jwt"));
    refusals.assertRefused(browser, browser.open("/shop/orders"), 500);
    try (var log = new CapturedLog()) {
      browser.open("/shop/orders");
      assertThat(log.ours()).anyMatch(it -> it.contains("gatehouse.response-mode"));
    }
  }

  @Test
  void aServerThatSaysThatItCanIsAsked() throws Exception {
    server.isIssuer();
    server.answersMetadataRequests(
        it ->
            Reply.json(
                it.body()
                    .replaceFirst(
                        "}$", ",\"response_modes_supported\":[\"query\",\"query.jwt\"]}")));
    var browser =
        browserOf(
            ValidConfiguration.ofOidc()
                .with(Property.ISSUER, server.origin())
                .with(Property.RESPONSE_MODE, "query.jwt"));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
  }
}
