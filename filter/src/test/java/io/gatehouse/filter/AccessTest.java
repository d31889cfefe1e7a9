package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Roles, and logins with a required authentication: against an authorization server on a real
 * socket.
 */
class AccessTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private Deployment application;
  private Browser browser;

  AccessTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.PUBLIC_PATHS, "/,/open/*")
                .with(Property.ROLES, "groups")
                .with(Property.ROLE_LINKS, "boss=admin")
                .with(
                    Property.REQUIRED_ROLES,
                    "/admin/*=admin|operator, /admin/help=reader, /open/not=boss")
                .with(Property.REQUIRED_ACR, "/pay/*=gold|platinum")
                .with(Property.REQUIRED_MAX_AGE, "/recent/*=5m")
                .read(),
            clock,
            "/shop");
    browser = new Browser(application);
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
  }

  private FakeResponse logIn(String page, Map<String, Object> claims) throws Exception {
    server.idTokens(with(claims));
    var redirect = browser.open(page);
    assertThat(redirect.status()).isEqualTo(302);
    return comeBack(redirect);
  }

  private FakeResponse comeBack(FakeResponse redirect) throws Exception {
    return browser.comeBack(server.answerTo(redirect));
  }

  private static UnaryOperator<Map<String, Object>> with(Map<String, Object> claims) {
    return it -> {
      var all = new LinkedHashMap<>(it);
      all.putAll(claims);
      return all;
    };
  }

  private Tokens tokens() {
    var session = Objects.requireNonNull(browser.session());
    return (Tokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
  }

  @Tag("case-103")
  @ParameterizedTest
  @CsvSource({
    "/shop/admin/, /admin/index.html, 403", // asked for
    "/shop/open/, /open/not, 403", // the welcome file in its place
    "/shop/open/, /open/index.html, 200",
    "/shop/x/, /x/index.html, 200"
  })
  void aRuleHoldsForTheDirectoryAndForItsWelcomeFile(String path, String mapped, int status)
      throws Exception {
    logIn("/shop/x", Map.of("groups", List.of("reader")));
    var response = browser.send(FakeRequest.navigation(path).decodedAs(mapped, null));
    assertThat(response.status()).isEqualTo(status);
  }

  @Tag("case-103")
  @Test
  void aPublicDirectoryWhoseWelcomeFileAsksForARoleIsNotPublic() throws Exception {
    assertThat(
            browser
                .send(FakeRequest.navigation("/shop/open/").decodedAs("/open/not", null))
                .status())
        .isEqualTo(302);
    assertThat(
            browser
                .send(FakeRequest.navigation("/shop/open/").decodedAs("/open/index.html", null))
                .status())
        .isEqualTo(200);
  }

  @Tag("case-103")
  @ParameterizedTest
  @CsvSource({
    "/admin/orders, /open/x, 403", // served and shown
    "/x, /admin/orders, 403",
    "/x, /open/x, 200"
  })
  void aRuleHoldsForWhatIsServedAndForWhatAnotherFilterShows(
      String served, String shown, int status) throws Exception {
    logIn("/shop/x", Map.of("groups", List.of("reader")));
    assertThat(behindAnotherFilter(served, shown).status()).isEqualTo(status);
  }

  @Tag("case-103")
  @ParameterizedTest
  @CsvSource({
    "/orders, /open/x, 302", // served and shown
    "/orders, /gatehouse/jwks, 302",
    "/open/x, /orders, 302",
    "/open/x, /open/y, 200"
  })
  void aStrangerSeesWhatIsPublicAsServedAndAsShown(String served, String shown, int status)
      throws Exception {
    assertThat(behindAnotherFilter(served, shown).status()).isEqualTo(status);
  }

  private FakeResponse behindAnotherFilter(String served, String shown) throws Exception {
    var request = FakeRequest.navigation("/shop" + served).context("/shop").in(browser.session());
    var wrapped =
        new HttpServletRequestWrapper(request.http()) {
          @Override
          public String getServletPath() {
            return shown;
          }
        };
    var filter = new GatehouseFilter();
    filter.init(
        Deployment.filterConfig(new FilterRegistry(Map.of("gatehouse", application.gatehouse()))));
    var response = new FakeResponse();
    filter.doFilter(wrapped, response.http(), (passed, to) -> {});
    return response;
  }

  @Test
  void theApplicationSeesTheRolesAndItsOwnNamesForThem() throws Exception {
    logIn("/shop/x", Map.of("groups", List.of("admin", "reader", "*")));
    browser.open("/shop/x");
    var seen = application.reached().get(0);
    assertThat(seen.isUserInRole("admin")).isTrue();
    assertThat(seen.isUserInRole("reader")).isTrue();
    assertThat(seen.isUserInRole("boss")).isTrue();
    assertThat(seen.isUserInRole("Admin")).isFalse();
    assertThat(seen.isUserInRole("operator")).isFalse();
    assertThat(seen.isUserInRole("*")).isFalse();
    assertThat(seen.isUserInRole("**")).isTrue();
    assertThat(seen.isUserInRole(null)).isFalse();
    assertThat(tokens().user().roles()).containsExactlyInAnyOrder("admin", "reader", "boss", "*");
  }

  @ParameterizedTest
  @CsvSource({
    "admin, /shop/admin, 200",
    "admin, /shop/admin/x, 200",
    "operator, /shop/admin/x?q=1, 200",
    "reader, /shop/admin/x, 403",
    "reader, /shop/admin/help, 200",
    "admin, /shop/admin/help, 403",
    "reader, /shop/adminx, 200",
    "reader, /shop/admin/help/x, 403",
    "admin, /shop/open/not, 200",
    "reader, /shop/open/not, 403",
    "reader, /shop/open/x, 200",
    "reader, /shop/admin/..;/x, 403",
    "reader, /shop/%61dmin/x, 403",
    "reader, /shop//admin/x, 403",
    "reader, /shop/x/../admin/x, 403",
    "reader, /shop/admin;a=b/x, 403",
    "reader, /shop/admin%2fx, 403",
    "reader, /shop/%2561dmin/x, 400",
  })
  void aPathIsForThoseWithTheRoleThatItAsksFor(String role, String target, int status)
      throws Exception {
    logIn("/shop/x", Map.of("groups", List.of(role)));
    var response = browser.open(target);
    assertThat(response.status()).isEqualTo(status);
    assertThat(application.reached()).hasSize(status == 200 ? 1 : 0);
    assertThat(browser.session()).isNotNull();
    if (status == 403) {
      assertThat(response.body())
          .contains(
              "You may not open this page",
              "https://app.example/shop/",
              "Continue in the application")
          .doesNotContain("admin");
    }
  }

  // A container puts the welcome file in the place of the root before any filter sees the request.
  @ParameterizedTest
  @CsvSource({"/admin/help, 403", "/pay/start, 302", "/x, 200"})
  void whatAWelcomeFileAsksForIsAskedForAtTheRootToo(String welcomeFile, int status)
      throws Exception {
    logIn("/shop/x", Map.of("groups", "admin"));
    var response = browser.send(FakeRequest.navigation("/shop/").decodedAs(welcomeFile, null));
    assertThat(response.status()).isEqualTo(status);
    if (status == 302) {
      assertThat(response.parameter("acr_values")).isEqualTo("gold platinum");
    }
    assertThat(application.reached()).hasSize(status == 200 ? 1 : 0);
  }

  @Test
  void aProgramWithoutTheRoleIsToldSo() throws Exception {
    logIn("/shop/x", Map.of("groups", "reader"));
    var response =
        browser.send(FakeRequest.of("POST", "/shop/admin/x").header("Accept", "application/json"));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).contains("urn:gatehouse:problem:role-missing");
    assertThat(application.reached()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop/open/not", "/shop/admin/help"})
  void aPathThatAsksForARoleIsNotPublic(String target) throws Exception {
    assertThat(browser.open(target).status()).isEqualTo(302);
    assertThat(application.reached()).isEmpty();
  }

  @Test
  void whatTheServerTakesAwayIsGoneWithTheNextRefresh() throws Exception {
    logIn("/shop/x", Map.of("groups", List.of("admin")));
    assertThat(browser.open("/shop/admin/x").status()).isEqualTo(200);
    server.idTokens(with(Map.of("groups", List.of())));
    clock.advance(Duration.ofMinutes(12));
    assertThat(browser.open("/shop/admin/x").status()).isEqualTo(403);
  }

  @Test
  void rolesThatTheIdTokenLacksAreThoseOfTheAccessTokenIfTheServerSignedIt() throws Exception {
    server.accessTokens(Map.of("groups", List.of("admin")));
    logIn("/shop/x", Map.of());
    assertThat(tokens().user().roles()).containsExactlyInAnyOrder("admin", "boss");
  }

  @ParameterizedTest
  @CsvSource({"iss, https://other.example", "exp, 1"})
  void anAccessTokenThatIsNotOneOfTheServersHasNoRoles(String claim, String value)
      throws Exception {
    var claims = new LinkedHashMap<String, Object>(Map.of("groups", List.of("admin")));
    claims.put(claim, claim.equals("exp") ? Long.valueOf(value) : value);
    server.accessTokens(claims);
    logIn("/shop/x", Map.of());
    assertThat(tokens().user().roles()).isEmpty();
  }

  @Test
  void aForgedAccessTokenHasNoRoles() throws Exception {
    server.accessTokens(Map.of("groups", List.of("admin")));
    server.answersTokenRequests(
        it ->
            FakeAuthorizationServer.Reply.json(
                it.body().replaceAll("(\"access_token\":\"[^\"]*)[^\"]{4}\"", "$1AAAA\"")));
    logIn("/shop/x", Map.of());
    assertThat(tokens().user().roles()).isEmpty();
  }

  @Test
  @Tag("case-51")
  void aPathAsksForAStrongerLoginAndTheUserGoesOnInTheSameSession() throws Exception {
    logIn("/shop/x", Map.of("acr", "silver"));
    Objects.requireNonNull(browser.session()).with("cart", "3 apples");
    var redirect = browser.open("/shop/pay/now?id=7");
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.parameter("acr_values")).isEqualTo("gold platinum");
    assertThat(requestObject(redirect)).contains("\"acr_values\":\"gold platinum\"");
    server.idTokens(with(Map.of("acr", "platinum")));
    assertThat(comeBack(redirect).header("Location"))
        .isEqualTo("https://app.example/shop/pay/now?id=7");
    assertThat(browser.open("/shop/pay/now?id=7").status()).isEqualTo(200);
    assertThat(Objects.requireNonNull(browser.session()).attributes())
        .containsEntry("cart", "3 apples");
  }

  private String requestObject(FakeResponse redirect) throws Exception {
    var uri = redirect.parameter("request_uri").replace("https://app.example", "");
    return JwsPayload.of(browser.send(FakeRequest.get(uri)).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"silver", "Gold", "gold platinum", ""})
  @Tag("case-51")
  void aLoginThatIsNotStrongEnoughIsRefusedAndTheSessionStays(String acr) throws Exception {
    logIn("/shop/x", Map.of());
    var redirect = browser.open("/shop/pay/now");
    server.idTokens(with(acr.isEmpty() ? Map.of() : Map.of("acr", acr)));
    var response = comeBack(redirect);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).contains("A stronger login is needed");
    assertThat(browser.open("/shop/x").status()).isEqualTo(200);
  }

  @Test
  @Tag("case-51")
  void aProgramIsToldThatAStrongerLoginIsNeeded() throws Exception {
    logIn("/shop/x", Map.of());
    var response =
        browser.send(FakeRequest.get("/shop/pay/now").header("Accept", "application/json"));
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body()).contains("urn:gatehouse:problem:step-up-needed");
    assertThat(application.reached()).isEmpty();
  }

  @Test
  @Tag("case-51")
  void aPathAsksForALoginThatIsNotLongAgo() throws Exception {
    logIn("/shop/recent/x", Map.of("auth_time", clock.instant().getEpochSecond()));
    assertThat(browser.open("/shop/recent/x").status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(6)); // five, and a minute of clock skew
    assertThat(browser.open("/shop/recent/x").status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    var redirect = browser.open("/shop/recent/x");
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.parameter("max_age")).isEqualTo("300");
    assertThat(requestObject(redirect)).contains("\"max_age\":300");
    assertThat(browser.open("/shop/x").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {361, Long.MAX_VALUE})
  @Tag("case-51")
  void aLoginThatIsTooLongAgoOrWithoutItsTimeIsRefused(long age) throws Exception {
    var time = Map.<String, Object>of("auth_time", clock.instant().getEpochSecond() - age);
    var response = logIn("/shop/recent/x", age == Long.MAX_VALUE ? Map.of() : time);
    assertThat(response.status()).isEqualTo(403);
    assertThat(browser.session()).isNull();
  }

  @Test
  void aRoleThatTheNextIdTokenLeavesOutIsGone() throws Exception {
    logIn("/shop/x", Map.of("groups", List.of("admin")));
    assertThat(browser.open("/shop/admin/x").status()).isEqualTo(200);
    server.idTokens(it -> it);
    clock.advance(Duration.ofMinutes(12));
    assertThat(browser.open("/shop/admin/x").status()).isEqualTo(403);
    assertThat(tokens().user().claims()).containsKey("groups"); // that the claim was there is so
  }

  @Test
  @Tag("case-51")
  void aLoginInTheFutureIsRefused() throws Exception {
    var soon = clock.instant().getEpochSecond() + 60;
    assertThat(logIn("/shop/recent/x", Map.of("auth_time", soon + 1)).status()).isEqualTo(502);
    assertThat(logIn("/shop/recent/x", Map.of("auth_time", soon)).status()).isEqualTo(303);
  }

  @Test
  @Tag("case-51")
  void everyLoginIsAskedForAsConfigured() throws Exception {
    application.close();
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.ACR_VALUES, "gold")
                .with(Property.MAX_AGE, "1h")
                .with(Property.PROMPT, "login")
                .with(Property.UI_LOCALES, "request")
                .with(Property.LOGIN_HINT_PARAMETER, "hint")
                .read(),
            clock,
            "/shop");
    browser = new Browser(application);
    var redirect =
        browser.send(
            FakeRequest.navigation("/shop/x?a=1&hint=ada%40x.example")
                .header("Accept-Language", "es-ES,en;q=0.5"));
    assertThat(redirect.parameters())
        .containsEntry("acr_values", "gold")
        .containsEntry("max_age", "3600")
        .containsEntry("prompt", "login")
        .containsEntry("ui_locales", "es-ES en")
        .containsEntry("login_hint", "ada@x.example");
    assertThat(redirect.parameter("request_uri").length()).isLessThanOrEqualTo(512);
    assertThat(requestObject(redirect))
        .contains("\"prompt\":\"login\"", "\"login_hint\":\"ada@x.example\"");
    var now = clock.instant().getEpochSecond();
    server.idTokens(with(Map.of("acr", "gold", "auth_time", now - 61)));
    assertThat(comeBack(redirect).status()).isEqualTo(403); // it was not requested again
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hint=", "hint=%zz", "hint=a%0Ab", "xhint=a", "hint"})
  void aHintThatIsNoneIsLeftOut(String query) throws Exception {
    var redirect = browser.open("/shop/x?" + query);
    assertThat(redirect.parameters()).doesNotContainKey("login_hint");
  }

  @Test
  void wishesAreDroppedWhereTheyMakeTheAddressTooLong() throws Exception {
    application.close();
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.PUBLIC_URL, "https://app.example/" + "x".repeat(150))
                .with(Property.PATH, "/" + "y".repeat(170))
                .with(Property.LOGIN_HINT_PARAMETER, "hint")
                .with(Property.ACR_VALUES, "gold")
                .read(),
            clock,
            "/shop");
    browser = new Browser(application);
    var redirect = browser.open("/shop/x?hint=" + "z".repeat(100));
    assertThat(redirect.parameter("request_uri").length()).isLessThanOrEqualTo(512);
    assertThat(redirect.parameters())
        .doesNotContainKey("login_hint")
        .containsEntry("acr_values", "gold");
  }

  /** A handle is as long as what the login asks for, up to the limit of the request_uri. */
  @ParameterizedTest
  @ValueSource(ints = {1, 60, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210, 220, 230, 240, 250})
  void everyRequestUriThatIsSentIsServed(int length) throws Exception {
    application.close();
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.LOGIN_HINT_PARAMETER, "hint")
                .with(Property.ACR_VALUES, "a".repeat(length))
                .read(),
            clock,
            "/shop");
    browser = new Browser(application);
    var redirect = browser.open("/shop/x?hint=" + "z".repeat(100));
    if (redirect.status() == 302) {
      assertThat(redirect.parameter("request_uri").length()).isLessThanOrEqualTo(512);
      assertThat(requestObject(redirect)).contains("a".repeat(length));
    } else {
      assertThat(redirect.status()).isEqualTo(500);
      assertThat(length).isGreaterThan(200);
    }
  }

  @Test
  void aRequestUriThatIsTooLongIsNotSent() throws Exception {
    application.close();
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.BACKEND_URL, "https://inside.example/" + "x".repeat(150))
                .with(Property.ACR_VALUES, "a".repeat(250))
                .read(),
            clock,
            "/shop");
    assertThat(new Browser(application).open("/shop/x").status()).isEqualTo(500);
  }

  @Test
  void aPublicPageCanAskForALogin() throws Exception {
    browser.open("/shop/");
    var response = new FakeResponse();
    assertThat(application.reached().get(0).authenticate(response.http())).isFalse();
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("Location")).startsWith(server.origin() + "/authorize?");
  }
}
