package io.gatehouse.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that reach the application, and requests that are redirected to log in. */
class GatehouseFilterTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final Refusals refusals = new Refusals(clock);
  private Deployment application;
  private Browser browser;

  GatehouseFilterTest() throws ServletException {
    application = deployed(configuration());
    browser = new Browser(application);
  }

  private static ValidConfiguration configuration() {
    return ValidConfiguration.ofVerifier()
        .with(Property.PUBLIC_PATHS, "/about, /static/*, /error")
        .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize")
        .with(Property.ENDPOINTS_TOKEN, "https://verifier.example/token")
        .with(Property.ENDPOINTS_JWKS, "https://verifier.example/jwks");
  }

  private Deployment deployed(ValidConfiguration configuration) throws ServletException {
    return new Deployment(configuration.read(), clock, "/shop");
  }

  @BeforeEach
  void theApplicationIsUntouched() {
    assertThat(application.reached()).isEmpty();
  }

  @AfterEach
  void undeploy() {
    refusals.close();
    application.close();
  }

  private void assertRefused(FakeResponse response, int status) throws Exception {
    assertThat(response.cookies()).isEmpty();
    assertThat(browser.session()).isNull();
    if (status == 401) {
      refusals.assertLoginNeeded(browser, response);
    } else {
      refusals.assertRefused(browser, response, status);
    }
  }

  private void assertLogin(FakeResponse response) {
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("Location")).startsWith("https://verifier.example/authorize?");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.cookies()).hasSize(1);
    assertThat(application.reached()).isEmpty();
  }

  @Tag("case-22")
  @Test
  void sendsAPersonWhoOpensAPageToTheServerWithTheRequestInBothForms() throws Exception {
    var response = browser.open("/shop/orders?id=7");
    assertLogin(response);
    assertThat(response.parameters().keySet())
        .containsExactlyInAnyOrder(
            "client_id",
            "request_uri",
            "response_type",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");
    assertThat(response.parameter("client_id")).isEqualTo(ValidConfiguration.RFC_7515_A_3_DID_KEY);
    assertThat(response.parameter("response_type")).isEqualTo("code");
    assertThat(response.parameter("scope")).isEqualTo("openid learcredential");
    assertThat(response.parameter("state")).matches("[A-Za-z0-9_-]{43}");
    assertThat(response.parameter("nonce")).matches("[A-Za-z0-9_-]{43}");
    assertThat(response.parameter("code_challenge")).matches("[A-Za-z0-9_-]{43}");
    assertThat(response.parameter("code_challenge_method")).isEqualTo("S256");
    assertThat(response.parameter("request_uri"))
        .startsWith("https://app.example/shop/gatehouse/request/")
        .hasSizeLessThanOrEqualTo(512);
    assertThat(response.header("Location")).doesNotContain("orders");
    assertThat(response.body()).isEmpty();
  }

  /** Eight frames would otherwise push out the login of another tab. */
  @ParameterizedTest
  @ValueSource(strings = {"iframe", "frame", "fencedframe", "object", "embed"})
  @Tag("case-114")
  void aFrameGetsAPageWhoseLinkLogsInInTheWholeWindow(String destination) throws Exception {
    var response =
        browser.send(
            FakeRequest.navigation("/shop/orders")
                .without("Sec-Fetch-Dest")
                .header("Sec-Fetch-Dest", destination));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.cookies()).isEmpty();
    assertThat(response.body()).contains("<a href=\"\" target=\"_top\">Log in</a>");
    assertThat(response.header("Content-Security-Policy")).endsWith("frame-ancestors 'self'");
    assertThat(application.reached()).isEmpty();
  }

  /** RFC 6455 section 10.2. */
  @Test
  @Tag("case-112")
  void aWebSocketOfAnotherOriginIsRefusedOnAnyPath() throws Exception {
    for (var path : List.of("/shop/orders", "/shop/about")) {
      var handshake =
          FakeRequest.get(path)
              .header("Upgrade", "WEBSOCKET")
              .header("Origin", "https://evil.example");
      assertRefused(browser.send(handshake), 403);
    }
    assertThat(application.reached()).isEmpty();
  }

  @Test
  void requestUriIsWhereTheServerReachesTheApplication() throws Exception {
    try (var behindProxy =
        deployed(configuration().with(Property.BACKEND_URL, "https://inside.example/shop/"))) {
      var response = new Browser(behindProxy).open("/shop/orders");
      assertThat(response.parameter("request_uri"))
          .startsWith("https://inside.example/shop/gatehouse/request/");
    }
  }

  @Tag("case-80")
  @Test
  void anAnonymousRequestCostsNoSignature() throws Exception {
    try (var signatures = new CountedSignatures()) {
      assertLogin(browser.open("/shop/orders"));
      assertThat(signatures.count()).isZero();
    }
  }

  @Tag("case-37")
  @Test
  void everyLoginHasParametersOfItsOwn() throws Exception {
    var one = browser.open("/shop/orders");
    var other = browser.open("/shop/orders");
    for (var name : List.of("state", "nonce", "code_challenge", "request_uri")) {
      assertThat(one.parameter(name)).isNotEqualTo(other.parameter(name));
    }
    assertThat(one.parameter("state")).isNotEqualTo(one.parameter("nonce"));
    assertThat(one.cookies().get(0).getName()).isNotEqualTo(other.cookies().get(0).getName());
  }

  @Tag("case-11")
  @ParameterizedTest
  @ValueSource(strings = {"cors", "no-cors", "same-origin", "websocket"})
  void tellsAScriptWhereToLogIn(String mode) throws Exception {
    var response =
        browser.send(
            FakeRequest.get("/shop/api")
                .header("Sec-Fetch-Mode", mode)
                .header("Accept", "application/json"));
    assertRefused(response, 401);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.header("WWW-Authenticate")).isEqualTo("Cookie realm=\"gatehouse\"");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.headers()).doesNotContainKey("Location");
    assertThat(response.body())
        .contains(
            "\"type\":\"urn:gatehouse:problem:login-required\"",
            "\"status\":401",
            "\"login\":\"https://app.example/shop/gatehouse/login\"")
        .doesNotContain("incident");
  }

  @Tag("case-22")
  @Test
  void requestUriHasAtMost512CharactersForTheLongestAddresses() throws Exception {
    var longest =
        configuration()
            .with(Property.PUBLIC_URL, "https://app.example/" + "x".repeat(160))
            .with(Property.PATH, "/" + "x".repeat(179));
    try (var other = deployed(longest)) {
      assertThat(new Browser(other).open("/shop/orders").parameter("request_uri"))
          .hasSizeBetween(400, 512);
    }
  }

  @Test
  void whoHasToLogInFirstIsNothingForTheLog() throws Exception {
    try (var log = new CapturedLog()) {
      browser.send(FakeRequest.get("/shop/api").header("Accept", "application/json"));
      browser.open("/shop/orders");
      assertThat(log.ours()).isEmpty();
    }
  }

  // The fake request fails on every way to read a body or its parameters.
  @Tag("case-9")
  @Tag("case-13")
  @Tag("case-17")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "HEAD",
        "OPTIONS",
        "PROPFIND",
        "LOCK",
        "ODD",
        "get",
        ""
      })
  void noMethodIsExemptAndNoBodyIsRead(String method) throws Exception {
    var request =
        FakeRequest.of(method, "/shop/orders")
            .header("Accept", "text/html")
            .header("Sec-Fetch-Mode", "navigate")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Content-Length", "1000000000");
    assertRefused(browser.send(request), 401);
  }

  @Tag("case-9")
  @ParameterizedTest
  @ValueSource(strings = {"/shop/orders", "/shop/about"})
  void refusesTrace(String target) throws Exception {
    var response = browser.send(FakeRequest.of("TRACE", target));
    assertThat(response.header("Allow")).contains("GET").doesNotContain("TRACE");
    assertRefused(response, 405);
    browser.keepSession(LoggedIn.session(clock));
    assertThat(browser.send(FakeRequest.of("TRACE", target)).status()).isEqualTo(405);
    assertThat(application.reached()).isEmpty();
  }

  @Tag("case-7")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override",
        "X-Forwarded-Uri",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Prefix",
        "X-HTTP-Method",
        "Authorization",
        "Remote-User",
        "X-Remote-User",
        "X-Forwarded-User",
        "X-Auth-Request-User",
        "OIDC_CLAIM_sub",
        "User-Agent",
        "X-Forwarded-For",
        "X-Real-IP",
        "Forwarded"
      })
  @Tag("case-8")
  @Tag("case-12")
  void noHeaderOpensAProtectedPath(String name) throws Exception {
    for (var value : List.of("/shop/about", "GET", "admin", "127.0.0.1")) {
      assertLogin(
          new Browser(application).send(FakeRequest.navigation("/shop/x").header(name, value)));
    }
  }

  @Tag("case-8")
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "203.0.113.7"})
  void noAddressOpensAProtectedPath(String address) throws Exception {
    assertLogin(browser.send(FakeRequest.navigation("/shop/x").from(address)));
  }

  @Tag("case-12")
  @Test
  void identitiesThatTheClientSendsAreNobodysAndNeverTheUsers() throws Exception {
    for (var session : List.of(new FakeSession("empty"), LoggedIn.session(clock))) {
      browser.keepSession(session);
      var request = FakeRequest.navigation("/shop/about").header("Authorization", "Basic cjpy");
      for (var name : List.of("Remote-User", "X-Remote-User", "X-Forwarded-User")) {
        request.header(name, "root");
      }
      browser.send(request);
    }
    assertThat(application.reached().get(0).getRemoteUser()).isNull();
    assertThat(application.reached().get(0).getUserPrincipal()).isNull();
    assertThat(application.reached().get(1).getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
    assertThat(application.reached().get(1).isUserInRole("root")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/about", "/shop/static/a.css", "/shop/about?x=1"})
  void letsEverybodyToPublicPaths(String target) throws Exception {
    var response = browser.open(target);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.cookies()).isEmpty();
    assertThat(application.reached()).hasSize(1);
    assertThat(browser.session()).isNull();
  }

  @Tag("case-6")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/x?/about",
        "/shop/about%23/x",
        "/shop/x?p=/static/",
        "/shop/About",
        "/shop/about/"
      })
  void whatIsNotExactlyPublicIsProtected(String target) throws Exception {
    assertLogin(browser.open(target));
  }

  @Tag("case-2")
  @Tag("case-3")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/static/..;/orders",
        "/shop/static/../orders",
        "/shop/static/%2e%2e/orders",
        "/shop/static/..%2forders",
        "/shop/static/..%5corders",
        "/shop/static//orders",
        "/shop/about;x=1",
        "/shop/about%00",
        "/shop/static/%c0%ae%c0%ae/orders"
      })
  void refusesAPathThatReadsInTwoWays(String target) throws Exception {
    var response = browser.open(target);
    assertRefused(response, 400);
    assertThat(response.body()).doesNotContain("static").doesNotContain("orders");
  }

  @Tag("case-15")
  @Test
  void aReturnThatIsTooLongDoesNotKeepAnybodyFromLoggingIn() throws Exception {
    assertLogin(browser.open("/shop/orders?" + "x".repeat(3000)));
  }

  @Test
  void ourOwnPathsNeedNoLogin() throws Exception {
    assertThat(browser.send(FakeRequest.get("/shop/gatehouse/jwks")).status()).isEqualTo(200);
    assertThat(browser.send(FakeRequest.get("/shop/gatehouse/request/x")).status()).isEqualTo(404);
    assertThat(browser.send(FakeRequest.of("TRACE", "/shop/gatehouse/login")).status())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/gatehouse",
        "/shop/gatehouse/",
        "/shop/gatehouse/jwks/x",
        "/shop/gatehouse/LOGIN"
      })
  void whatIsNotExactlyAPathOfOursIsProtected(String target) throws Exception {
    assertLogin(browser.open(target));
  }

  @Test
  void aServletOfTheApplicationBelowAPathOfOursIsProtected() throws Exception {
    var request = FakeRequest.navigation("/shop/gatehouse/login/x");
    request.decodedAs("/gatehouse/login", "/x");
    assertLogin(browser.send(request));
  }

  @Test
  void theApplicationSeesWhoIsLoggedIn() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    browser.open("/shop/orders");
    var seen = application.reached().get(0);
    assertThat(seen.getUserPrincipal().getName()).isEqualTo(LoggedIn.SUBJECT);
    assertThat(seen.getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
    assertThat(seen.getAuthType()).isEqualTo("OIDC");
    assertThat(seen.isUserInRole("admin")).isFalse();
    assertThat(seen.authenticate(new FakeResponse().http())).isTrue();
    assertThatThrownBy(() -> seen.login("u", "p")).isInstanceOf(ServletException.class);
    assertThat(browser.session()).isNotNull();
  }

  @Test
  void whoIsLoggedInMayUseEveryMethodAndPath() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    browser.send(FakeRequest.of("POST", "/shop/orders"));
    browser.send(FakeRequest.of("DELETE", "/shop/orders;x=1"));
    browser.send(FakeRequest.get("/shop/about"));
    assertThat(application.reached()).hasSize(3);
  }

  @Test
  void logoutOfTheRequestEndsTheSession() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    browser.open("/shop/orders");
    HttpServletRequest seen = application.reached().remove(0);
    seen.logout();
    assertThat(seen.getUserPrincipal()).isNull();
    assertThat(seen.getRemoteUser()).isNull();
    assertThat(seen.getAuthType()).isNull();
    var login = new FakeResponse();
    assertThat(seen.authenticate(login.http())).isFalse();
    assertLogin(login);
    assertThat(seen.getSession(false)).isNull();
  }

  @Tag("case-65")
  @Test
  void tokensAreGoodUntilTheSecondInWhichTheyExpire() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    clock.advance(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    application.reached().clear();
    assertLogin(browser.open("/shop/orders"));
  }

  @Tag("case-64")
  @Test
  void aSessionOfAnotherIssuerOrClientIsNone() throws Exception {
    var client = ValidConfiguration.RFC_7515_A_3_DID_KEY;
    browser.keepSession(LoggedIn.session(clock, "https://verifier.example/", client));
    assertLogin(browser.open("/shop/orders"));
    browser.keepSession(LoggedIn.session(clock, ValidConfiguration.ISSUER, client + "x"));
    assertLogin(browser.open("/shop/orders"));
  }

  @Tag("case-64")
  @Test
  void aSessionWithAnotherKindOfTokensIsNone() throws Exception {
    browser.keepSession(new FakeSession("x").with("gatehouse.tokens", "did:key:zHolder"));
    assertLogin(browser.open("/shop/orders"));
  }

  @Tag("case-65")
  @Test
  void aSessionThatAnotherRequestEndsIsNone() throws Exception {
    browser.keepSession(LoggedIn.session(clock).endedMeanwhile());
    assertLogin(browser.open("/shop/orders"));
  }

  @Tag("case-63")
  @Test
  void aSessionIdOfTheUrlIsNone() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    assertLogin(browser.send(FakeRequest.navigation("/shop/orders").sessionIdFromUrl()));
  }

  private FakeRequest judged(String path) {
    var request = FakeRequest.get(path).context("/shop");
    application.gatehouse().judgements().leave(request.http());
    return request;
  }

  @Tag("case-10")
  @ParameterizedTest
  @EnumSource(names = {"ERROR", "ASYNC", "INCLUDE"})
  void aFurtherDispatchOfAJudgedRequestPasses(DispatcherType type) throws Exception {
    assertThat(browser.send(judged("/shop/orders").dispatchedAs(type)).status()).isEqualTo(200);
    assertThat(application.reached()).hasSize(1);
    assertThat(application.reached().get(0)).isNotInstanceOf(UserRequest.class);
  }

  @Tag("case-10")
  @Test
  void anAsynchronousDispatchThatNoFilterHasJudgedIsJudgedLikeARequest() throws Exception {
    assertLogin(
        browser.send(FakeRequest.navigation("/shop/orders").dispatchedAs(DispatcherType.ASYNC)));
  }

  @Tag("case-10")
  @Test
  void anAsynchronousDispatchToAnotherPageIsJudgedLikeARequest() throws Exception {
    var onward = judged("/shop/about").decodedAs("/orders", null);
    assertRefused(browser.send(onward.dispatchedAs(DispatcherType.ASYNC)), 401);
  }

  @Tag("case-10")
  @ParameterizedTest
  @ValueSource(strings = {"/WEB-INF/view.jsp", "/META-INF/view.jsp"})
  void anAsynchronousDispatchToWhatNoClientCanAskForIsTheApplicationsOwn(String view)
      throws Exception {
    browser.send(judged("/shop/about").decodedAs(view, null).dispatchedAs(DispatcherType.ASYNC));
    assertThat(application.reached()).hasSize(1);
  }

  @Tag("case-10")
  @Test
  void anIncludeByAnotherApplicationLeavesAProtectedPageOut() throws Exception {
    var response =
        browser.send(
            FakeRequest.navigation("/shop/about")
                .dispatchedAs(DispatcherType.INCLUDE)
                .attribute("jakarta.servlet.include.servlet_path", "/orders"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(application.reached()).isEmpty();
  }

  @Tag("case-10")
  @Test
  void anIncludeByAnotherApplicationShowsAPublicPage() throws Exception {
    browser.send(
        FakeRequest.navigation("/shop/orders")
            .dispatchedAs(DispatcherType.INCLUDE)
            .attribute("jakarta.servlet.include.servlet_path", "/about"));
    assertThat(application.reached()).hasSize(1);
  }

  @Tag("case-104")
  @Test
  void aRefusedRequestDoesNotPassByADispatchToTheSamePage() throws Exception {
    var request = FakeRequest.navigation("/shop/orders");
    assertThat(application.answer(request).status()).isEqualTo(302);
    assertThat(application.answer(request.dispatchedAs(DispatcherType.ASYNC)).status())
        .isEqualTo(302);
    assertThat(application.reached()).isEmpty();
  }

  private FakeResponse dispatch(FakeRequest request) throws Exception {
    return dispatch(request, new FilterRegistry(Map.of("gatehouse", application.gatehouse())));
  }

  private FakeResponse dispatch(FakeRequest request, FilterRegistry all) throws Exception {
    var response = new FakeResponse();
    new DispatchFilter(all, application.gatehouse())
        .doFilter(
            request.http(),
            response.http(),
            (passed, to) -> to.getOutputStream().write("shown".getBytes(UTF_8)));
    return response;
  }

  @Tag("case-104")
  @Test
  void anAsynchronousDispatchComesBackToThePageThatWasForwardedTo() throws Exception {
    var request = judged("/shop/about").decodedAs("/views/about", null);
    assertThat(dispatch(request.dispatchedAs(DispatcherType.FORWARD)).body()).isEqualTo("shown");
    assertThat(dispatch(request.dispatchedAs(DispatcherType.ASYNC)).body()).isEqualTo("shown");
    assertThat(dispatch(request.decodedAs("/orders", null)).body()).doesNotContain("shown");
  }

  private FakeResponse forwardedByUnguardedPage(
      String contextPath, FilterRegistry begunAt, FilterRegistry all) throws Exception {
    var servlets = Deployment.proxy(ServletContext.class, (proxy, method, arguments) -> "/shop");
    var request = FakeRequest.get("/shop/unmapped").context(contextPath);
    new RequestWatch(begunAt, Optional.empty())
        .requestInitialized(new ServletRequestEvent(servlets, request.http()));
    request.context("/shop").decodedAs("/orders", null).dispatchedAs(DispatcherType.FORWARD);
    return dispatch(request, all);
  }

  @Tag("case-104")
  @Test
  void onlyAnUnguardedPageOfThisApplicationMayForwardToAGuardedOne() throws Exception {
    var all = new FilterRegistry(Map.of("gatehouse", application.gatehouse()));
    var others = new FilterRegistry(Map.of());
    assertThat(forwardedByUnguardedPage("/shop", all, all).body()).isEqualTo("shown");
    assertThat(forwardedByUnguardedPage("/outside", all, all).body()).doesNotContain("shown");
    assertThat(forwardedByUnguardedPage("/shop", others, all).body()).doesNotContain("shown");
  }

  /** A mark would let the dispatched request go on to a protected page. */
  @Tag("case-104")
  @ParameterizedTest
  @EnumSource(names = {"FORWARD", "INCLUDE", "ASYNC"})
  void aDispatchByAnotherApplicationLeavesNoMarkForItsNext(DispatcherType type) throws Exception {
    var request =
        FakeRequest.navigation("/shop/about")
            .attribute("jakarta.servlet.include.servlet_path", "/about");
    application.answer(request.dispatchedAs(type));
    assertThat(application.reached()).hasSize(1);
    application.answer(
        request
            .decodedAs("/orders", null)
            .attribute("jakarta.servlet.include.servlet_path", "/orders")
            .dispatchedAs(DispatcherType.INCLUDE));
    assertThat(application.reached()).hasSize(1);
  }

  @Tag("case-10")
  @Test
  void anErrorBeforeTheFilterShowsItsPageOnlyToWhomItIsOpen() throws Exception {
    browser.send(FakeRequest.get("/shop/secret-error").dispatchedAs(DispatcherType.ERROR));
    assertThat(application.reached()).isEmpty();
    browser.send(FakeRequest.get("/shop/error").dispatchedAs(DispatcherType.ERROR));
    assertThat(application.reached()).hasSize(1);
  }

  @Tag("case-10")
  @Test
  void anErrorPageKnowsWhoIsLoggedIn() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    browser.send(FakeRequest.get("/shop/error").dispatchedAs(DispatcherType.ERROR));
    assertThat(application.reached().get(0).getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
  }

  @Tag("case-4")
  @ParameterizedTest
  @ValueSource(strings = {"/shop/../shop/orders", "/shop/..%2fshop/orders", "/shop/about/../../x"})
  void aPathThatLeavesTheApplicationIsRefusedToUsersToo(String path) throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    var response = browser.send(FakeRequest.navigation(path).decodedAs("/orders", null));
    assertThat(response.status()).isEqualTo(400);
    assertThat(application.reached()).isEmpty();
  }

  @Tag("case-10")
  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "FORWARD"})
  void aForwardToAProtectedPathIsAsProtectedAsARequest(DispatcherType type) throws Exception {
    assertLogin(browser.send(FakeRequest.navigation("/shop/orders").dispatchedAs(type)));
  }

  @Tag("case-16")
  @Test
  void addressesComeFromConfigurationWhateverTheHost() throws Exception {
    var request =
        FakeRequest.navigation("/shop/orders")
            .header("Host", "evil.example")
            .header("X-Forwarded-Host", "evil.example");
    var response = browser.send(request);
    assertLogin(response);
    assertThat(response.header("Location")).doesNotContain("evil");
  }

  @Tag("case-16")
  @Test
  void withoutConfiguredUrlARequestFromElsewhereIsRefused() throws Exception {
    var onLoopback =
        configuration().with(Property.ISSUER, "http://localhost:9").without(Property.PUBLIC_URL);
    try (var developed = deployed(onLoopback)) {
      var here = FakeRequest.navigation("/shop/x").header("Host", "localhost:8080");
      var response = new Browser(developed).send(here);
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.parameter("request_uri"))
          .startsWith("http://localhost:8080/shop/gatehouse/request/");
      var elsewhere = FakeRequest.navigation("/shop/x").header("Host", "evil.example");
      var refused = new Browser(developed).send(elsewhere);
      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.cookies()).isEmpty();
      assertThat(refused.body()).doesNotContain("evil");
    }
  }

  @Tag("case-78")
  @Test
  void aServerThatIsDownIsNotBeggedForAnswersAndBrowsersAreToldWhenToAskAgain() throws Exception {
    try (var server = new FakeAuthorizationServer(clock)) {
      server.isIssuer();
      server.answersMetadataRequests(
          it -> FakeAuthorizationServer.Reply.status(503, "").with("Retry-After", "17"));
      try (var undiscovered =
          deployed(ValidConfiguration.ofVerifier().with(Property.ISSUER, server.origin()))) {
        var visitor = new Browser(undiscovered);
        var response = visitor.open("/shop/orders");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("17");
        assertThat(response.cookies()).isEmpty();
        assertThat(undiscovered.reached()).isEmpty();
        assertThat(visitor.open("/shop/orders").header("Retry-After")).isEqualTo("6");
        assertThat(server.calls()).hasSize(1);

        server.answersMetadataRequests(it -> it);
        clock.advance(Duration.ofSeconds(6));
        assertThat(visitor.open("/shop/orders").status()).isEqualTo(302);
      }
    }
  }

  @Tag("case-77")
  @Test
  void aFilterWithoutInitializerIsClosedAndSaysWhatToDo() throws Exception {
    var filter = new GatehouseFilter();
    try (var log = new CapturedLog()) {
      filter.init(Deployment.filterConfig(null));
      assertThat(log.ours()).hasSize(1);
      assertThat(log.ours().get(0)).startsWith("SEVERE").contains("absolute-ordering");
    }
    assertClosed(filter);
  }

  @Tag("case-77")
  @Test
  void aFilterOfAnotherCopyOfTheJarIsClosed() throws Exception {
    var filter = new GatehouseFilter();
    try (var log = new CapturedLog()) {
      filter.init(Deployment.filterConfig("the gates of another class loader"));
      assertThat(log.ours().get(0)).contains("GH322 two copies of gatehouse-filter");
    }
    assertClosed(filter);
  }

  @Tag("case-77")
  @Test
  void aFilterThatTheContainerDoesNotInitializeIsClosed() throws Exception {
    assertClosed(new GatehouseFilter());
  }

  private static void assertClosed(GatehouseFilter filter) throws Exception {
    for (var request :
        List.of(FakeRequest.navigation("/shop/about"), FakeRequest.get("/shop/gatehouse/jwks"))) {
      var response = new FakeResponse();
      filter.doFilter(
          request.http(),
          response.http(),
          (passed, to) -> {
            throw new IOException("reached");
          });
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Cache-Control")).isEqualTo("no-store");
      assertThat(response.body()).containsAnyOf("is not available", "urn:gatehouse:problem:closed");
    }
  }

  @Tag("case-79")
  @Test
  void aFilterWithoutAsyncSupportIsToldOfOnce() throws Exception {
    try (var log = new CapturedLog()) {
      browser.send(FakeRequest.navigation("/shop/orders").withoutAsync());
      browser.send(FakeRequest.navigation("/shop/orders").withoutAsync());
      assertThat(log.ours())
          .singleElement()
          .asString()
          .startsWith("WARNING ")
          .contains("<async-supported>true</async-supported>");
    }
  }

  @Tag("case-79")
  @Test
  void aFilterWithAsyncSupportIsNotTalkedOf() throws Exception {
    try (var log = new CapturedLog()) {
      // a later dispatch has what the request had that it came of
      browser.send(
          FakeRequest.navigation("/shop/orders").dispatchedAs(DispatcherType.ERROR).withoutAsync());
      browser.send(FakeRequest.navigation("/shop/orders"));
      assertThat(log.ours()).isEmpty();
    }
  }
}
