package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.Tokens;
import io.gatehouse.filter.Browser;
import io.gatehouse.filter.CountedSignatures;
import io.gatehouse.filter.Deployment;
import io.gatehouse.filter.FakeAuthorizationServer;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FakeSession;
import io.gatehouse.filter.LoggedIn;
import io.gatehouse.filter.Refusals;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.Many;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a login, successful or not. */
class CallbackServletTest {
  private static final int FLOOD = Many.TIMES / 10;
  private static final String CALLBACK = "/shop/gatehouse/callback?";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Refusals refusals = new Refusals(clock);
  private Deployment application;
  private Browser browser;
  private FakeResponse redirect = new FakeResponse();
  private String code = "";

  CallbackServletTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application = deployed();
    browser = new Browser(application);
  }

  private Deployment deployed() throws Exception {
    return deployed(server.endpointsOf(ValidConfiguration.ofVerifier()));
  }

  private Deployment deployed(ValidConfiguration configuration) throws Exception {
    return new Deployment(configuration.read(), clock, "/shop");
  }

  @BeforeEach
  void beginLogin() throws Exception {
    redirect = browser.open("/shop/orders?id=7");
    code = server.codeFor(redirect);
  }

  @AfterEach
  void close() {
    refusals.close();
    application.close();
    server.close();
  }

  private String state() {
    return redirect.parameter("state");
  }

  private String answer() {
    return "code=" + code + "&state=" + state();
  }

  private Tokens tokens() {
    var session = Objects.requireNonNull(browser.session());
    return (Tokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
  }

  private void assertLoggedIn(FakeResponse response) {
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(tokens().user().subject()).isEqualTo(LoggedIn.SUBJECT);
  }

  private void assertFailed(FakeResponse response, int status, String problem) throws Exception {
    assertThat(response.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(response.body()).contains("<h1>" + problem + "</h1>").doesNotContain(state());
    assertThat(browser.session()).isNull();
    refusals.assertRefused(browser, response, status);
  }

  private void assertNothingWasAsked() {
    assertThat(server.calls()).isEmpty();
  }

  private void assertLoginIsIntact() throws Exception {
    assertLoggedIn(browser.comeBack(answer()));
  }

  @Test
  void redeemsTheCodeAndBeginsASessionOnThePageThatWasWanted() throws Exception {
    assertLoggedIn(browser.comeBack(answer()));
    assertThat(server.tokenRequests()).hasSize(1);
    var form = server.tokenRequests().get(0);
    assertThat(form)
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", code)
        .containsEntry("redirect_uri", "https://app.example/shop/gatehouse/callback")
        .containsEntry("client_id", ValidConfiguration.RFC_7515_A_3_DID_KEY)
        .containsKeys("code_verifier", "client_assertion");
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN);
    assertThat(tokens().refreshToken()).contains(FakeAuthorizationServer.REFRESH_TOKEN);
    assertThat(tokens().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
  }

  @Tag("case-25")
  @Test
  void aRequestObjectThatPeopleAndPreviewsHaveLookedAtIsStillThisLogins() throws Exception {
    var address = redirect.parameter("request_uri").replace("https://app.example", "");
    for (var agent : List.of("Mozilla/5.0", "LinkPreview/1.0")) {
      var looked =
          new Browser(application)
              .send(FakeRequest.navigation(address).header("User-Agent", agent));
      assertThat(looked.status()).isEqualTo(200);
      assertThat(looked.cookies()).isEmpty();
    }
    assertThat(browser.open(address).status()).isEqualTo(200);
    assertLoginIsIntact();
  }

  @Test
  void theUserGetsToTheApplicationAfterwards() throws Exception {
    browser.comeBack(answer());
    assertThat(browser.open("/shop/orders?id=7").status()).isEqualTo(200);
    assertThat(application.reached().get(0).getRemoteUser()).isEqualTo(LoggedIn.SUBJECT);
  }

  @Test
  void takesTheLoginsCookieAwayAndLeavesThoseOfOtherLogins() throws Exception {
    var other = browser.open("/shop/other");
    browser.comeBack(answer());
    assertThat(browser.cookies())
        .doesNotContainKey(redirect.cookies().get(0).getName())
        .containsKey(other.cookies().get(0).getName());
  }

  @Tag("case-33")
  @Test
  void threeTabsLogInEachOnItsOwnPage() throws Exception {
    var second = browser.open("/shop/second");
    var third = browser.open("/shop/third");
    var codes = Map.of("second", server.codeFor(second), "third", server.codeFor(third));
    for (var tab : Map.of("second", second, "third", third).entrySet()) {
      var query = "code=" + codes.get(tab.getKey()) + "&state=" + tab.getValue().parameter("state");
      assertThat(browser.comeBack(query).header("Location"))
          .isEqualTo("https://app.example/shop/" + tab.getKey());
    }
    assertLoggedIn(browser.comeBack(answer()));
  }

  @Tag("case-87")
  @Test
  void anotherNodeFinishesTheLogin() throws Exception {
    try (var otherNode = deployed()) {
      var there = new Browser(otherNode);
      there.cookies().putAll(browser.cookies());
      var response = there.comeBack(answer());
      assertThat(response.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
      assertThat(there.session()).isNotNull();
    }
  }

  @Tag("case-15")
  @Test
  void aReturnThatWasTooLongBecomesTheLandingPage() throws Exception {
    redirect = browser.open("/shop/orders?" + "x".repeat(3000));
    code = server.codeFor(redirect);
    assertThat(browser.comeBack(answer()).header("Location"))
        .isEqualTo("https://app.example/shop/");
  }

  @Tag("case-36")
  @Tag("case-63")
  @Test
  void theSessionIsANewOneWithNothingOfTheOldAndUnderAnotherId() throws Exception {
    var planted = new FakeSession("planted").with("cart", "attacker's");
    browser.keepSession(planted);
    assertLoggedIn(browser.comeBack(answer()));
    var session = Objects.requireNonNull(browser.session());
    assertThat(planted.isValid()).isFalse();
    assertThat(session.id()).isNotEqualTo("planted");
    assertThat(session.attributes().keySet()).containsExactly(Tokens.ATTRIBUTE);
  }

  @Tag("case-63")
  @Test
  void nothingOfTheUserIsInTheSessionBeforeItsIdHasChanged() throws Exception {
    var idAtFirstChange = new AtomicReference<String>();
    browser.keepSession(new FakeSession("planted"));
    browser.send(
        callback()
            .whenSessionBegins(it -> it.beforeNextChange(() -> idAtFirstChange.set(it.id()))));
    assertThat(tokens()).isNotNull();
    assertThat(idAtFirstChange.get()).isNotNull().isNotEqualTo("planted");
  }

  @Tag("case-63")
  @Test
  void aStrongerLoginIsInTheSessionOnlyOnceItsIdHasChanged() throws Exception {
    var idAtFirstChange = new AtomicReference<String>();
    var same = LoggedIn.session(clock);
    same.beforeNextChange(() -> idAtFirstChange.set(same.id()));
    browser.keepSession(same);
    browser.comeBack(answer());
    assertThat(browser.session()).isSameAs(same);
    assertThat(idAtFirstChange.get()).isNotNull().isNotEqualTo("logged-in");
  }

  /** Whoever has planted the id can also end the session that begins under it. */
  @Test
  void aSessionThatIsEndedWhileItBeginsBeginsOnceMore() throws Exception {
    browser.keepSession(new FakeSession("planted"));
    var begun = new ArrayList<FakeSession>();
    browser.send(
        callback()
            .whenSessionBegins(
                it -> {
                  begun.add(it);
                  if (begun.size() == 1) {
                    it.beforeIdChange(it.http()::invalidate);
                  } else if (begun.size() == 2) {
                    it.beforeNextChange(it.http()::invalidate);
                  }
                }));
    assertThat(begun).hasSize(3);
    assertThat(browser.session()).isSameAs(begun.get(2));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
  }

  /**
   * A filter in front, or CDI, has asked for a session, and the browser has the id of an old one.
   */
  @Test
  void aSessionThatHasBegunInThisRequestIsTakenForNoOtherLogins() throws Exception {
    browser.send(callback().begunIn(new FakeSession("new")));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
  }

  private FakeRequest callback() {
    return FakeRequest.navigation(CALLBACK + answer()).mayBeginSession();
  }

  @Tag("case-36")
  @Test
  void aLoginOverAnotherUsersSessionEndsThat() throws Exception {
    var other = LoggedIn.sessionOf("another-user", clock).with("cart", "another user's");
    browser.keepSession(other);
    browser.comeBack(answer());
    assertThat(other.isValid()).isFalse();
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN);
  }

  @Test
  void aUserWhoLogsInAgainGoesOnInTheSameSessionUnderANewId() throws Exception {
    var same = LoggedIn.session(clock).with("cart", "this user's");
    var before = (Tokens) Objects.requireNonNull(same.attributes().get(Tokens.ATTRIBUTE));
    browser.keepSession(same);
    browser.comeBack(answer());
    assertThat(same.isValid()).isTrue();
    assertThat(same.id()).isNotEqualTo("logged-in");
    assertThat(same.attributes()).containsEntry("cart", "this user's");
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN);
    assertThat(before.accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN);
  }

  @Tag("case-63")
  @Test
  void ofAnAnonymousSessionOnlyWhatIsNamedIsCarriedOver() throws Exception {
    var anonymous = new FakeSession("planted").with("basket", "3 apples").with("other", "x");
    assertThat(logInCarryingOver(anonymous))
        .containsEntry("basket", "3 apples")
        .containsOnlyKeys("basket", Tokens.ATTRIBUTE);
    assertThat(anonymous.isValid()).isFalse();
  }

  @Tag("case-63")
  @Test
  void ofAnotherUsersSessionNothingIsCarriedOver() throws Exception {
    var other = LoggedIn.sessionOf("another-user", clock).with("basket", "3 apples");
    assertThat(logInCarryingOver(other)).containsOnlyKeys(Tokens.ATTRIBUTE);
    var ofOtherClient = LoggedIn.session(clock, ValidConfiguration.ISSUER, "another client");
    assertThat(logInCarryingOver(ofOtherClient.with("basket", "3 apples")))
        .containsOnlyKeys(Tokens.ATTRIBUTE);
  }

  private Map<String, Object> logInCarryingOver(FakeSession earlier) throws Exception {
    try (var carrying =
        deployed(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.SESSION_CARRY_OVER, "basket, wishes"))) {
      browser = new Browser(carrying);
      beginLogin();
      browser.keepSession(earlier);
      browser.comeBack(answer());
      return Objects.requireNonNull(browser.session()).attributes();
    }
  }

  @Tag("case-28")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=%s",
        "code=%s&state=",
        "code=%s&state",
        "code=%s&state=wrong",
        "code=%s&State=x",
        "code=%s&state=%%00",
        "code=%s&state=%%zz",
        "code=%s&state=wrong%%0d%%0aSet-Cookie:x=1",
        "code=%s&state=<script>"
      })
  void rejectsCallbackWhenStateIsMissingEmptyOrWrong(String query) throws Exception {
    assertFailed(browser.comeBack(query.formatted(code)), 400, "This link does not work here");
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-28")
  @Test
  void rejectsCallbackWhenStateDiffersInOneCharacter() throws Exception {
    var state = state();
    for (int i = 0; i < state.length(); i++) {
      var wrong = new StringBuilder(state);
      wrong.setCharAt(i, state.charAt(i) == 'A' ? 'B' : 'A');
      assertFailed(
          browser.comeBack("code=" + code + "&state=" + wrong),
          400,
          "This link does not work here");
    }
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-38")
  @Test
  void anErrorThatIsThereTwiceIsNoneAndConsumesNothing() throws Exception {
    for (var query : List.of("error=a&error=b", "error=a&error=b&state=" + state())) {
      assertFailed(browser.comeBack(query), 400, "This link does not work here");
    }
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  // The cookie's name follows from the state; here one login's cookie has the name of another's.
  @Tag("case-28")
  @Test
  void rejectsCallbackWhenTheCookieIsThatOfAnotherLogin() throws Exception {
    var other = browser.open("/shop/other").cookies().get(0);
    browser.cookies().put(redirect.cookies().get(0).getName(), other.getValue());
    assertFailed(browser.comeBack(answer()), 400, "This link does not work here");
    assertNothingWasAsked();
  }

  @Test
  void rejectsCallbackWithoutQuery() throws Exception {
    assertFailed(browser.open("/shop/gatehouse/callback"), 400, "This link does not work here");
    assertFailed(browser.comeBack(""), 400, "This link does not work here");
    assertNothingWasAsked();
  }

  @Tag("case-29")
  @Tag("case-43")
  @Test
  void rejectsCallbackWhenStateBelongsToAnotherBrowser() throws Exception {
    var victim = new Browser(application);
    victim.open("/shop/orders");
    var own = browser;
    browser = victim;
    assertFailed(victim.comeBack(answer()), 400, "This link does not work here");
    assertNothingWasAsked();
    browser = own;
    assertLoginIsIntact();
  }

  @Tag("case-29")
  @Tag("case-43")
  @Test
  void rejectsCallbackWithoutCookieAndTakesAwayWhatCouldBeLeftOfIt() throws Exception {
    browser.cookies().clear();
    var response = browser.comeBack(answer());
    assertFailed(response, 400, "This link does not work here");
    assertThat(response.cookies()).hasSize(1);
    assertThat(response.cookies().get(0).getName()).isEqualTo(redirect.cookies().get(0).getName());
    assertThat(response.cookies().get(0).getMaxAge()).isZero();
    assertNothingWasAsked();
  }

  @Tag("case-30")
  @Test
  void rejectsCallbackWhenAnyByteOfTheCookieWasChangedOrItWasCutAndTakesItAway() throws Exception {
    var genuine = redirect.cookies().get(0).getValue();
    refusals.silently(
        () -> {
          for (int i = 0; i < genuine.length(); i++) {
            assertCookieTakenAway(genuine.substring(0, i));
            assertCookieTakenAway(flipped(genuine, i));
          }
        });
    clock.advance(Duration.ofSeconds(20)); // the log has room again
    assertCookieRejected(genuine.substring(0, genuine.length() - 1));
    assertCookieRejected(flipped(genuine, genuine.length() / 2));
    assertCookieRejected(genuine + "A");
    assertCookieRejected("Ag" + genuine.substring(2)); // the version is the first byte
    assertNothingWasAsked();
    browser.cookies().put(redirect.cookies().get(0).getName(), genuine);
    assertLoginIsIntact();
  }

  @Tag("case-30")
  @Test
  void rejectsCallbackWhenTheCookieIsOfAnotherApplicationOrHost() throws Exception {
    for (var other :
        List.of(
            ValidConfiguration.ofVerifier().with(Property.PUBLIC_URL, "https://app.example/other"),
            ValidConfiguration.ofVerifier().with(Property.PUBLIC_URL, "https://other.example/shop"),
            ValidConfiguration.ofVerifier().with(Property.ISSUER, "https://verifier.example/2"),
            ValidConfiguration.ofVerifier().with(Property.PATH, "/other"))) {
      try (var elsewhere = deployed(server.endpointsOf(other))) {
        var foreign = new Browser(elsewhere).open("/shop/orders").cookies().get(0).getValue();
        assertCookieRejected(foreign);
      }
    }
    assertCookieRejected(redirect.parameter("request_uri").replaceAll(".*/", ""));
    assertNothingWasAsked();
  }

  private static String flipped(String cookie, int index) {
    var flipped = new StringBuilder(cookie);
    flipped.setCharAt(index, cookie.charAt(index) == 'A' ? 'B' : 'A');
    return flipped.toString();
  }

  private void assertCookieRejected(String value) throws Exception {
    assertFailed(assertCookieTakenAway(value), 400, "This link does not work here");
  }

  private FakeResponse assertCookieTakenAway(String value) throws Exception {
    var name = redirect.cookies().get(0).getName();
    browser.cookies().put(name, value);
    var response = browser.comeBack(answer());
    assertThat(response.status()).as(value).isEqualTo(400);
    assertThat(browser.cookies()).as(value).doesNotContainKey(name);
    return response;
  }

  @Tag("case-90")
  @Test
  void rejectsCallbackWhenTheCookieIsDoubled() throws Exception {
    var name = redirect.cookies().get(0).getName();
    var twice = Objects.requireNonNull(browser.cookies().get(name));
    var request = FakeRequest.navigation(CALLBACK + answer()).cookie(name, twice);
    assertFailed(browser.send(request), 400, "This link does not work here");
    assertNothingWasAsked();
  }

  @Tag("case-31")
  @Test
  void anExpiredLoginIsAPageWithOneLinkThatStartsAgain() throws Exception {
    clock.advance(Duration.ofMinutes(5));
    var response = browser.comeBack(answer());
    assertFailed(response, 400, "The login took too long");
    assertThat(response.body()).containsOnlyOnce("<a ");
    assertThat(response.body()).contains("<a href=\"https://app.example/shop/orders?id=7\">");
    assertThat(browser.cookies()).isEmpty();
    assertNothingWasAsked();
  }

  @Tag("case-31")
  @Test
  void aLoginOfOneSecondLessIsNotExpired() throws Exception {
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertLoggedIn(browser.comeBack(answer()));
  }

  @Tag("case-38")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "&code=x",
        "&code=",
        "&state=x",
        "&iss=a&iss=a",
        "&error=access_denied",
        "&error=a&error=b",
        "&id_token=x",
        "&access_token=x",
        "&token_type=Bearer",
        "&%63ode=x",
        "&%=x"
      })
  void rejectsWhatIsDoubledContradictoryOrNeverTravelsThroughTheBrowser(String more)
      throws Exception {
    assertFailed(browser.comeBack(answer() + more), 400, "This link does not work here");
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-40")
  @ParameterizedTest
  @ValueSource(strings = {"", "%00", "a%0Ab", "a%20b", "%E2%82%AC", "a%7F"})
  void rejectsWhatNoCodeLooksLike(String wrong) throws Exception {
    var response = browser.comeBack("code=" + wrong + "&state=" + state());
    assertFailed(response, 400, "This link does not work here");
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-40")
  @Test
  void rejectsACodeOfMoreThanFourKibibytes() throws Exception {
    var tooLong = "code=" + "x".repeat(4097) + "&state=" + state();
    assertFailed(browser.comeBack(tooLong), 400, "This link does not work here");
    assertNothingWasAsked();
  }

  @Tag("case-34")
  @Test
  void rejectsTheAnswerOfAnotherIssuer() throws Exception {
    var foreign = "&iss=" + URLEncoder.encode("https://evil.example", StandardCharsets.UTF_8);
    assertFailed(browser.comeBack(answer() + foreign), 400, "This link does not work here");
    assertNothingWasAsked();
    var right = "&iss=" + URLEncoder.encode(ValidConfiguration.ISSUER, StandardCharsets.UTF_8);
    assertLoggedIn(browser.comeBack(answer() + right));
  }

  @Tag("case-34")
  @Test
  void rejectsAnAnswerWithoutTheIssuerThatTheServerAnnounces() throws Exception {
    server.isIssuer();
    try (var discovered =
        deployed(ValidConfiguration.ofVerifier().with(Property.ISSUER, server.origin()))) {
      browser = new Browser(discovered);
      redirect = browser.open("/shop/orders?id=7");
      code = server.codeFor(redirect);
      assertFailed(browser.comeBack(answer()), 400, "This link does not work here");
      assertThat(server.tokenRequests()).isEmpty();
      var issuer = "&iss=" + URLEncoder.encode(server.origin(), StandardCharsets.UTF_8);
      assertLoggedIn(browser.comeBack(answer() + issuer));
    }
  }

  @Tag("case-39")
  @ParameterizedTest
  @CsvSource({
    "access_denied, 403, You were not logged in",
    "something_else, 403, You were not logged in",
    "canary\u00E9, 403, You were not logged in",
    "login_required, 401, Please log in first",
    "interaction_required, 401, Please log in first",
    "consent_required, 401, Please log in first",
    "account_selection_required, 401, Please log in first",
    "temporarily_unavailable, 503, The login service cannot be reached",
    "server_error, 503, The login service cannot be reached",
    "invalid_request, 500, The login is not set up correctly",
    "invalid_request_uri, 500, The login is not set up correctly",
    "invalid_scope, 500, The login is not set up correctly",
    "unauthorized_client, 500, The login is not set up correctly"
  })
  void tellsWhatTheServersErrorMeans(String error, int status, String title) throws Exception {
    var query =
        "error="
            + URLEncoder.encode(error, StandardCharsets.UTF_8)
            + "&error_description=%3Cscript%3Ecanary%3C/script%3E&state="
            + state();
    var response = browser.comeBack(query);
    assertFailed(response, status, title);
    assertThat(response.headers().containsKey("Retry-After")).isEqualTo(status == 503);
    assertThat(response.headers().containsKey("WWW-Authenticate")).isEqualTo(status == 401);
    assertThat(response.body()).contains("href=\"https://app.example/shop/orders?id=7\"");
    assertNothingWasAsked();
  }

  @Tag("case-38")
  @Test
  void anErrorWithoutStateIsAPageAndConsumesNothing() throws Exception {
    for (var state : List.of("", "&state=", "&state")) {
      var response =
          browser.comeBack("error=access_denied&error_description=login_timeout" + state);
      assertFailed(response, 403, "You were not logged in");
      assertThat(response.body()).contains("href=\"https://app.example/shop/gatehouse/login\"");
    }
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-38")
  @Test
  void anErrorWithTheStateOfAnotherBrowserIsNone() throws Exception {
    browser.cookies().clear();
    var response = browser.comeBack("error=access_denied&state=" + state());
    assertFailed(response, 400, "This link does not work here");
  }

  @Tag("case-41")
  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "get"})
  void refusesOtherMethodsAndKeepsTheLogin(String method) throws Exception {
    var response =
        browser.send(FakeRequest.of(method, CALLBACK + answer()).header("Accept", "text/html"));
    assertThat(response.header("Allow")).isEqualTo("GET");
    assertThat(response.cookies()).isEmpty();
    refusals.assertRefused(browser, response, 405);
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-41")
  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender",
    "Sec-Purpose, prefetch;anonymous-client-ip",
    "Purpose, prefetch"
  })
  void whatIsFetchedInAdvanceConsumesNothing(String name, String value) throws Exception {
    var response = browser.send(FakeRequest.navigation(CALLBACK + answer()).header(name, value));
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.cookies()).isEmpty();
    assertNothingWasAsked();
    assertLoginIsIntact();
  }

  @Tag("case-32")
  @Test
  void theUsedCallbackLeadsToTheLandingPageWhileTheSessionLives() throws Exception {
    browser.comeBack(answer());
    var session = browser.session();
    var again = browser.comeBack(answer());
    assertThat(again.status()).isEqualTo(303);
    assertThat(again.header("Location")).isEqualTo("https://app.example/shop/");
    assertThat(browser.session()).isSameAs(session);
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-32")
  @Test
  void theUsedCallbackIsAFreshStartOnceTheSessionIsGone() throws Exception {
    browser.comeBack(answer());
    browser.keepSession(null);
    assertFailed(browser.comeBack(answer()), 400, "This link does not work here");
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-32")
  @Tag("case-43")
  @Test
  void theUsedCallbackRedeemsNothingThoughTheCookieComesBack() throws Exception {
    var kept = new HashMap<>(browser.cookies());
    browser.comeBack(answer());
    browser.keepSession(null);
    browser.cookies().putAll(kept);
    var again = browser.comeBack("code=invented&state=" + state());
    assertThat(again.status()).isEqualTo(303);
    assertThat(again.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
    assertThat(browser.session()).isNull();
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-42")
  @Test
  void tenIdenticalCallbacksAtOnceAreOneTokenCall() throws Exception {
    var threads = Executors.newFixedThreadPool(10);
    var start = new CyclicBarrier(10);
    Callable<FakeResponse> callback =
        () -> {
          var request = FakeRequest.navigation(CALLBACK + answer()).mayBeginSession();
          redirect.cookies().forEach(it -> request.cookie(it.getName(), it.getValue()));
          start.await();
          return application.answer(request);
        };
    try {
      var answers = threads.invokeAll(Collections.nCopies(10, callback));
      for (Future<FakeResponse> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(303);
        assertThat(answer.get().header("Location"))
            .isEqualTo("https://app.example/shop/orders?id=7");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-43")
  @Test
  void inventedCodesCostOneTokenCallForTheirLoginHoweverManyThereAre() throws Exception {
    var kept = new HashMap<>(browser.cookies());
    assertFailed(
        browser.comeBack("code=canary-code-invented&state=" + state()),
        400,
        "The login could not be completed");
    for (int i = 0; i < 1_000; i++) {
      browser.cookies().putAll(kept);
      var response = browser.comeBack("code=canary-code-" + i + "&state=" + state());
      assertThat(response.status()).isEqualTo(303);
      assertThat(browser.session()).isNull();
    }
    assertThat(server.calls()).containsExactly("/jwks", "/token");
  }

  @Tag("case-43")
  @Test
  void aFloodOfCallbacksWithoutCookieCostsNoSignatureAndNoCall() throws Exception {
    refusals.silently(
        () -> {
          try (var signatures = new CountedSignatures()) {
            for (int i = 0; i < FLOOD; i++) {
              var query = "code=canary" + i + "&state=canary" + i;
              var response = application.answer(FakeRequest.navigation(CALLBACK + query));
              assertThat(response.status()).isEqualTo(400);
            }
            assertThat(signatures.count()).isZero();
          }
        });
    assertNothingWasAsked();
    assertThat(application.reached()).isEmpty();
    assertLoginIsIntact();
  }

  @Tag("case-44")
  @Tag("case-45")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>canary</html>",
        "[]",
        "null",
        "{}",
        "{\"access_token\":\"canary\",\"token_type\":\"Bearer\"}",
        "{\"id_token\":\"canary\",\"access_token\":\"canary\",\"token_type\":\"Bearer\"}",
        "{\"access_token\":\"canary\""
      })
  void aTokenAnswerThatIsNoneIsTheServersFault(String body) throws Exception {
    server.answersTokenRequests(it -> Reply.json(body));
    assertFailed(browser.comeBack(answer()), 502, "The login service gave a wrong answer");
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-44")
  @ParameterizedTest
  @ValueSource(strings = {"access_token", "id_token", "token_type"})
  void aTokenAnswerThatLacksOneMemberIsTheServersFault(String name) throws Exception {
    server.answersTokenRequests(it -> Reply.json(it.body().replace("\"" + name + "\"", "\"x\"")));
    assertFailed(browser.comeBack(answer()), 502, "The login service gave a wrong answer");
  }

  @Tag("case-48")
  @ParameterizedTest
  @CsvSource({
    "302, '', 502, The login service gave a wrong answer",
    "400, {\"error\":\"invalid_grant\"}, 400, The login could not be completed",
    "400, {\"error\":\"invalid_request\"}, 500, The login is not set up correctly",
    "401, {\"error\":\"invalid_client\"}, 500, The login is not set up correctly",
    "401, '', 500, The login is not set up correctly",
    "403, '', 400, The login could not be completed",
    "404, <html>canary</html>, 400, The login could not be completed",
    "429, '', 503, The login service cannot be reached",
    "500, canary, 503, The login service cannot be reached",
    "503, '', 503, The login service cannot be reached"
  })
  void tellsWhatTheTokenEndpointsRefusalMeansAndAsksOnce(
      int answered, String body, int status, String title) throws Exception {
    server.answersTokenRequests(it -> Reply.status(answered, body).with("Retry-After", "17"));
    var response = browser.comeBack(answer());
    assertFailed(response, status, title);
    assertThat(response.headers().getOrDefault("Retry-After", "none"))
        .isEqualTo(status == 503 ? "17" : "none");
    assertThat(server.calls()).containsExactly("/jwks", "/token");
    assertThat(browser.cookies()).isEmpty();
  }

  @Tag("case-85")
  @Test
  void aCodeIsNeverSentAgainThoughItsAnswerWasLost() throws Exception {
    var kept = new HashMap<>(browser.cookies());
    server.answersTokenRequests(it -> Reply.status(500, ""));
    browser.comeBack(answer());
    browser.cookies().putAll(kept);
    server.answersTokenRequests(it -> it);
    browser.comeBack(answer());
    assertThat(browser.session()).isNull();
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Tag("case-86")
  @Test
  void withoutTheServersKeysThereIsNoSession() throws Exception {
    server.answersKeyRequests(it -> Reply.status(500, ""));
    assertFailed(browser.comeBack(answer()), 503, "The login service cannot be reached");
    assertThat(server.calls()).as("the code is not sent").containsExactly("/jwks");
    server.answersKeyRequests(it -> it);
    clock.advance(Duration.ofSeconds(5));
    assertLoggedIn(browser.comeBack(answer())); // the user has loaded the page again
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable, ''",
    "temporarily_unavailable, authentication_expired",
    "server_error, ''"
  })
  void afterALoginInAnotherTabAnErrorOfTheServerLeadsToTheWantedPage(
      String error, String description) throws Exception {
    browser.comeBack(server.answerTo(browser.open("/shop/orders?id=8")));
    var session = browser.session();
    var response = browser.comeBack(error(error, description));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
    assertThat(browser.session()).isSameAs(session);
    assertThat(server.tokenRequests()).hasSize(1);
  }

  @Test
  void aLoginThatTheServerForgotBeginsOnceMoreAndOnlyOnce() throws Exception {
    var response = browser.comeBack(error("temporarily_unavailable", "authentication_expired"));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.header("Location")).isEqualTo("https://app.example/shop/orders?id=7");
    redirect = browser.open("/shop/orders?id=7");
    assertThat(redirect.status()).isEqualTo(302);
    var again = browser.comeBack(error("temporarily_unavailable", "authentication_expired"));
    assertFailed(again, 400, "The login took too long");
    assertThat(server.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "temporarily_unavailable, authentication_expire, 503",
    "access_denied, authentication_expired, 403",
    "login_required, authentication_expired, 401",
    "invalid_request, authentication_expired, 500"
  })
  void anotherErrorDoesNotBeginOnceMore(String error, String description, int status)
      throws Exception {
    assertThat(browser.comeBack(error(error, description)).status()).isEqualTo(status);
  }

  private String error(String error, String description) {
    return "error=" + error + "&error_description=" + description + "&state=" + state();
  }

  @Tag("case-35")
  @Tag("case-49")
  @Tag("case-50")
  @ParameterizedTest
  @CsvSource({
    "nonce, wrong",
    "nonce, ''",
    "iss, https://evil.example",
    "iss, https://verifier.example/",
    "aud, other",
    "azp, other",
    "sub, ''",
    "at_hash, wrong"
  })
  void anIdTokenThatIsNotThisLoginsMakesNoSession(String claim, String value) throws Exception {
    server.idTokens(with(claim, value));
    assertFailed(browser.comeBack(answer()), 502, "The login service gave a wrong answer");
    assertThat(server.tokenRequests()).hasSize(1);
  }

  private static UnaryOperator<Map<String, Object>> with(String claim, Object value) {
    return claims -> {
      var changed = new HashMap<>(claims);
      changed.put(claim, value);
      return changed;
    };
  }

  @Tag("case-35")
  @Test
  void aStolenCodeMakesNoSessionInAnotherBrowser() throws Exception {
    var stolen = code;
    browser = new Browser(application);
    redirect = browser.open("/shop/orders");
    server.codeFor(redirect);
    code = stolen; // its ID token has the other login's nonce
    assertFailed(browser.comeBack(answer()), 502, "The login service gave a wrong answer");
  }

  @Test
  void aFailedLoginLeavesAnEarlierSessionAlone() throws Exception {
    var earlier = LoggedIn.session(clock).with("cart", "kept");
    browser.keepSession(earlier);
    server.idTokens(with("nonce", "wrong"));
    assertThat(browser.comeBack(answer()).status()).isEqualTo(502);
    assertThat(browser.session()).isSameAs(earlier);
    assertThat(earlier.attributes()).containsKeys("cart", Tokens.ATTRIBUTE);
  }

  @Tag("case-19")
  @Test
  void aBrowserThatKeepsNoSessionIsToldSoAfterThreeTries() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(redirect.status()).isEqualTo(302);
      browser.comeBack(answer());
      browser.keepSession(null);
      redirect = browser.open("/shop/orders?id=7");
      if (i < 2) {
        code = server.codeFor(redirect);
      }
    }
    assertThat(redirect.status()).isEqualTo(400);
    assertThat(redirect.body()).contains("The login does not stick");
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
  }

  @Tag("case-19")
  @Test
  void tokensThatEndSoonAreNoLoop() throws Exception {
    server.answersRefreshes(it -> Reply.status(403, ""));
    for (int i = 0; i < 4; i++) {
      assertThat(redirect.status()).isEqualTo(302);
      browser.comeBack(answer());
      clock.advance(Duration.ofHours(2)); // the browser's cookies stay, as if it had been a moment
      redirect = browser.open("/shop/orders?id=7");
      code = server.codeFor(redirect);
    }
    assertThat(redirect.status()).isEqualTo(302);
  }

  @Test
  void aProgramIsAnsweredInJson() throws Exception {
    var response = browser.send(FakeRequest.get(CALLBACK + "state=x").header("Accept", "*/*"));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.body())
        .contains("\"type\":\"urn:gatehouse:problem:invalid-request\"", "urn:gatehouse:incident:");
  }
}
