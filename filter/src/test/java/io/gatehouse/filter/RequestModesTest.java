package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.login.RequestsByValue;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways of a request to the server, none of which turns into another. */
class RequestModesTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Refusals refusals = new Refusals(clock);
  private Optional<Deployment> application = Optional.empty();

  RequestModesTest() throws Exception {
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

  private Browser pushing() throws Exception {
    return browserOf(server.pushedRequestsOf(ValidConfiguration.ofOidc()));
  }

  private static ValidConfiguration byValue(ValidConfiguration configuration) {
    return configuration.with(Property.REQUEST_MODE, "value");
  }

  /** A server that is discovered, with this in its metadata. */
  private ValidConfiguration discovered(String metadata) {
    server.isIssuer();
    server.answersMetadataRequests(
        it -> Reply.json(it.body().replaceFirst("}$", "," + metadata + "}")));
    return ValidConfiguration.ofOidc().with(Property.ISSUER, server.origin());
  }

  private void assertMisconfigured(Browser browser, String reason) throws Exception {
    refusals.assertRefused(browser, browser.open("/shop/orders"), 500);
    try (var log = new CapturedLog()) {
      browser.open("/shop/orders");
      assertThat(log.ours()).anyMatch(it -> it.contains(reason));
    }
  }

  private String pushedObject(int index) {
    return server.pushed().get(index).getOrDefault("request", "");
  }

  private void assertLoggedIn(Browser browser, String answer) throws Exception {
    var back = browser.comeBack(answer);
    assertThat(back.status()).isEqualTo(303);
    assertThat(back.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
  }

  @Test
  void aPushedRequestIsAtTheServerBeforeTheBrowserGoesThere() throws Exception {
    var browser = pushing();
    var redirect = browser.open("/shop/orders?id=7");

    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).startsWith(server.origin() + "/authorize?");
    assertThat(redirect.parameters())
        .containsOnlyKeys("client_id", "request_uri")
        .containsEntry("client_id", "shop")
        .containsEntry("request_uri", "urn:ietf:params:oauth:request_uri:1");
    assertThat(server.pushed()).hasSize(1);
    assertThat(server.pushed().get(0))
        .containsOnlyKeys("request", "client_id", "client_assertion_type", "client_assertion");
    var object = FakeAuthorizationServer.claimsOf(pushedObject(0));
    assertThat(object.getString("redirect_uri"))
        .isEqualTo("https://app.example/shop/gatehouse/callback");
    assertLoggedIn(
        browser, "code=" + server.codeFor(object) + "&state=" + object.getString("state"));
  }

  @Test
  void aRequestByValueIsInTheAddressWithWhatOpenIdConnectAsksForBesideIt() throws Exception {
    var browser = browserOf(byValue(server.endpointsOf(ValidConfiguration.ofOidc())));
    var redirect = browser.open("/shop/orders?id=7");

    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.parameters())
        .containsOnlyKeys("client_id", "response_type", "scope", "request")
        .containsEntry("response_type", "code")
        .containsEntry("scope", "openid profile email");
    var object = FakeAuthorizationServer.claimsOf(redirect.parameter("request"));
    assertThat(object.getString("scope")).isEqualTo("openid profile email");
    assertThat(object.getString("client_id")).isEqualTo("shop");
    assertLoggedIn(
        browser, "code=" + server.codeFor(object) + "&state=" + object.getString("state"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushed", "value"})
  void nothingIsHostedWhereTheServerFetchesNothing(String mode) throws Exception {
    var configuration = server.pushedRequestsOf(ValidConfiguration.ofOidc());
    browserOf(configuration.with(Property.REQUEST_MODE, mode));
    assertThat(application.orElseThrow().gatehouse().servlets().keySet())
        .doesNotContain("/gatehouse/request/*")
        .contains("/gatehouse/callback");
  }

  // The server's word against ours: it is asked nothing, and told to whom it concerns.
  @ParameterizedTest
  @ValueSource(strings = {"hosted", "value"})
  @Tag("case-93")
  void aServerThatTakesPushedRequestsOnlyIsToldAndNotAsked(String mode) throws Exception {
    var browser =
        browserOf(
            discovered("\"require_pushed_authorization_requests\":true")
                .with(Property.REQUEST_MODE, mode));
    assertMisconfigured(browser, "set gatehouse.request-mode to pushed");
    assertThat(server.pushed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hosted", "value"})
  void aServerThatTakesOthersTooIsServed(String mode) throws Exception {
    var browser =
        browserOf(
            discovered("\"require_pushed_authorization_requests\":false")
                .with(Property.REQUEST_MODE, mode));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\":1",
        "\"pushed_authorization_request_endpoint\":\"https://other.example/par\"",
        "\"pushed_authorization_request_endpoint\":\"http://192.0.2.1/par\""
      })
  @Tag("case-93")
  void aServerWithoutAnEndpointOfItsOwnGetsNoRequestInAnotherWay(String metadata) throws Exception {
    var browser = browserOf(discovered(metadata).with(Property.REQUEST_MODE, "pushed"));
    assertMisconfigured(browser, "set gatehouse.endpoints.pushed-authorization-request");
  }

  @Test
  void theEndpointIsDiscovered() throws Exception {
    var browser =
        browserOf(
            discovered("\"pushed_authorization_request_endpoint\":\"" + server.origin() + "/par\"")
                .with(Property.REQUEST_MODE, "pushed"));
    assertThat(browser.open("/shop/orders").parameters())
        .containsOnlyKeys("client_id", "request_uri");
  }

  @ParameterizedTest
  @CsvSource({"500, 503", "429, 503", "400, 500", "401, 500", "200, 502", "302, 502"})
  @Tag("case-93")
  @Tag("case-94")
  void aRequestThatCannotBePushedGoesNoOtherWay(int status, int shown) throws Exception {
    server.answersPushedRequests(it -> Reply.status(status, it.body()));
    var browser = pushing();
    refusals.assertRefused(browser, browser.open("/shop/orders"), shown);
  }

  @Test
  @Tag("case-97")
  void aServerThatIsDownIsSaidToBeAndTheSamePageIsTheWayOn() throws Exception {
    UnaryOperator<Reply> down = it -> Reply.status(503, "").with("Retry-After", "7");
    server.answersPushedRequests(down);
    var browser = pushing();

    var page = browser.open("/shop/orders");

    assertThat(page.header("Retry-After")).isEqualTo("7");
    assertThat(page.body()).contains("href=\"\"");
    refusals.assertRefused(browser, page, 503);
    server.answersPushedRequests(it -> it);
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
  }

  // Of two pending calls one is for strangers, so the other is available for a login.
  @Test
  @Tag("case-97")
  void pushedRequestsThatHangLeaveRoomForThoseWhoLogIn() throws Exception {
    var configuration =
        server.pushedRequestsOf(ValidConfiguration.ofOidc()).with(Property.HTTP_MAX_CALLS, "2");
    var user = browserOf(configuration);
    user.open("/shop/orders?id=7");
    var object = FakeAuthorizationServer.claimsOf(pushedObject(0));
    var hangs = new CountDownLatch(1);
    var goesOn = new CountDownLatch(1);
    server.answersPushedRequests(
        it -> {
          hangs.countDown();
          awaitQuietly(goesOn);
          return it;
        });
    var strangers = Executors.newSingleThreadExecutor();
    try {
      var first =
          strangers.submit(() -> new Browser(application.orElseThrow()).open("/shop/orders"));
      awaitQuietly(hangs);
      var stranger = new Browser(application.orElseThrow());
      refusals.silently(() -> assertThat(stranger.open("/shop/orders").status()).isEqualTo(503));
      assertLoggedIn(
          user, "code=" + server.codeFor(object) + "&state=" + object.getString("state"));
      goesOn.countDown();
      assertThat(first.get(1, TimeUnit.MINUTES).status()).isEqualTo(302);
    } finally {
      goesOn.countDown();
      strangers.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @Tag("case-97")
  void aProgramThatHasNotLoggedInHasNothingPushed() throws Exception {
    var browser = pushing();
    var response = browser.send(FakeRequest.of("GET", "/shop/orders"));
    refusals.assertLoginNeeded(browser, response);
    assertThat(server.pushed()).isEmpty();
  }

  @Test
  void wishesAreDroppedWhereTheyMakeTheAddressTooLong() throws Exception {
    var configuration =
        byValue(server.endpointsOf(ValidConfiguration.ofOidc()))
            .with(Property.SCOPE, "openid " + "s".repeat(1250))
            .with(Property.ACR_VALUES, "gold")
            .with(Property.LOGIN_HINT_PARAMETER, "hint");
    var redirect = browserOf(configuration).open("/shop/x?hint=" + "é".repeat(100));
    assertThat(redirect.header("Location"))
        .hasSizeLessThanOrEqualTo(RequestsByValue.MAX_CHARACTERS);
    assertThat(FakeAuthorizationServer.claimsOf(redirect.parameter("request")))
        .doesNotContainKey("login_hint")
        .containsKey("acr_values");
  }

  @Test
  @Tag("case-93")
  void anAddressThatIsStillTooLongIsAProblemAndNotCut() throws Exception {
    var configuration =
        byValue(server.endpointsOf(ValidConfiguration.ofOidc()))
            .with(Property.SCOPE, "openid " + "s".repeat(2000));
    assertMisconfigured(browserOf(configuration), "more than 4000 characters");
  }
}
