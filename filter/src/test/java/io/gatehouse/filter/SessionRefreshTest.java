package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.VerifiedUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRefreshTest {
  private static final String PAGE = "/shop/orders";
  private static final Duration DUE = Duration.ofSeconds(675); // 75 % of 15 minutes

  private static final Duration JITTER = Duration.ofSeconds(5);

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;
  private final Browser browser;
  private FakeSession session;

  SessionRefreshTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application = new Deployment(configuration().read(), clock, "/shop");
    browser = new Browser(application);
    session = LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
  }

  private ValidConfiguration configuration() {
    return server
        .endpointsOf(ValidConfiguration.ofVerifier())
        .with(Property.PUBLIC_PATHS, "/about")
        .with(Property.REQUIRED_MAX_AGE, "/recent/*=5m")
        .with(Property.HTTP_TIMEOUT, "10s");
  }

  @BeforeEach
  void logIn() {
    browser.keepSession(session);
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
  }

  private SessionTokens tokens() {
    return (SessionTokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
  }

  private void assertServed() throws Exception {
    assertThat(browser.open(PAGE).status()).isEqualTo(200);
  }

  private void assertLogin() throws Exception {
    var response = browser.open(PAGE);
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("Location")).startsWith(server.origin() + "/authorize?");
  }

  private static int retryAfter(FakeResponse response) {
    return Integer.parseInt(String.valueOf(response.header("Retry-After")));
  }

  private FakeResponse assertUnavailable() throws Exception {
    var response = browser.open(PAGE);
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("The login service cannot be reached");
    assertThat(session.isValid()).isTrue();
    return response;
  }

  @Test
  void tokensThatAreNotDueCostNoCall() throws Exception {
    clock.advance(DUE.minusSeconds(1));
    assertServed();
    assertThat(server.calls()).isEmpty();
    assertThat(session.changes()).isZero();
  }

  @Test
  void tokensAreRenewedOnTheRequestAtWhichTheyAreDue() throws Exception {
    clock.advance(DUE);
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(server.tokenRequests().get(0))
        .containsEntry("refresh_token", FakeAuthorizationServer.REFRESH_TOKEN)
        .containsEntry("client_id", ValidConfiguration.RFC_7515_A_3_DID_KEY)
        .containsKey("client_assertion")
        .doesNotContainKeys("scope", "code");
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-1");
    assertThat(tokens().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    assertThat(session.changes()).isEqualTo(1); // so that other nodes get them
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    // life, due after, by 75 % and at most 30 s before the end
    "900, 675",
    "100, 70",
    "60, 30",
    "5, 2.5",
  })
  void tokensAreDueInTime(long life, double due) throws Exception {
    session.with(Tokens.ATTRIBUTE, living(Duration.ofSeconds(life)));
    clock.advance(Duration.ofMillis((long) (due * 1000) - 1));
    assertServed();
    assertThat(server.refreshes()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  private SessionTokens living(Duration life) {
    var set = tokens().current();
    var now = clock.millis();
    return new SessionTokens(
        tokens().registration(),
        "",
        now,
        new TokenSet(
            set.accessToken(),
            set.idToken(),
            set.refreshToken(),
            set.scope(),
            now,
            now + life.toMillis(),
            set.user(),
            0));
  }

  @Test
  void theShareOfTheLifeCanBeSet() throws Exception {
    try (var early =
        new Deployment(
            configuration().with(Property.SESSION_REFRESH_AFTER, "20%").read(), clock, "/shop")) {
      var other = new Browser(early);
      other.keepSession(session);
      clock.advance(Duration.ofMinutes(3));
      other.open(PAGE);
      assertThat(server.refreshes()).isEqualTo(1);
    }
  }

  @Test
  void theUserStaysWhoTheyAreWhereTheNewIdTokenSaysLess() throws Exception {
    clock.advance(DUE);
    assertServed();
    assertThat(tokens().user().displayName()).isEqualTo("Ada");
    assertThat(tokens().user().claims()).containsEntry("name", "Ada");
    assertThat(tokens().idTokenClaims()).doesNotContainKey("name");
  }

  @Test
  void whatTheNewIdTokenSaysOfTheUserIsNewer() throws Exception {
    var iat = tokens().user().claims().get("iat");
    server.idTokens(
        it -> {
          it.put("name", "Ada Lovelace");
          it.put("auth_time", 1);
          return it;
        });
    clock.advance(DUE);
    assertServed();
    assertThat(tokens().user().claims())
        .containsEntry("name", "Ada Lovelace")
        .containsEntry("iat", iat)
        .doesNotContainKey("auth_time"); // this belongs to the login
  }

  @Tag("case-119")
  @Test
  void theFirstSidIsTheSessionsAndAnotherIsNotApplied() throws Exception {
    refreshWithSid("s1");
    assertThat(tokens().user().claims()).containsEntry("sid", "s1");
    refreshWithSid("s1");
    assertThat(tokens().user().claims()).containsEntry("sid", "s1");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-2");
    refreshWithSid("s2");
    assertThat(tokens().user().claims()).containsEntry("sid", "s1");
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-2");
    assertThat(tokens().refreshToken()).isEmpty();
  }

  @Tag("case-121")
  @ParameterizedTest
  @CsvSource({"did:key:zHolder, A:B", "another, ''"})
  void theAtHashOfTheLoginBindsNoLaterAccessToken(String sub, String role) throws Exception {
    var set = tokens().current();
    var claims = set.user().claimsJson().replaceFirst("\\{", "{\"at_hash\":\"of the login\",");
    var user = new VerifiedUser(claims, Set.of());
    session.with(
        Tokens.ATTRIBUTE,
        new SessionTokens(
            tokens().registration(),
            "",
            clock.millis(),
            new TokenSet(
                set.accessToken(),
                set.idToken(),
                set.refreshToken(),
                set.scope(),
                set.receivedAt(),
                set.expiresAt(),
                user,
                0)));
    var power = Map.of("function", "A", "action", "B");
    var vc = Map.of("credentialSubject", Map.of("mandate", Map.of("power", power)));
    clock.advance(DUE);
    var accessToken = server.logoutToken(Map.of("sub", sub, "vc", vc)); // any JWT of the server
    server.answersRefreshes(
        it -> Reply.json("{\"access_token\":\"" + accessToken + "\",\"token_type\":\"bearer\"}"));
    assertServed();
    assertThat(tokens().accessToken()).isEqualTo(accessToken);
    assertThat(tokens().user().roles()).isEqualTo(role.isEmpty() ? Set.of() : Set.of(role));
  }

  private void refreshWithSid(String sid) throws Exception {
    server.idTokens(
        it -> {
          it.put("sid", sid);
          return it;
        });
    clock.advance(DUE);
    assertServed();
  }

  @Test
  void whatTheServerLeavesOutStays() throws Exception {
    var idToken = tokens().idToken();
    server.answersRefreshes(
        it ->
            Reply.json("{\"access_token\":\"new\",\"token_type\":\"bearer\",\"expires_in\":900}"));
    clock.advance(DUE);
    assertServed();
    assertThat(tokens().accessToken()).isEqualTo("new");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN);
    assertThat(tokens().idToken()).isEqualTo(idToken);
    assertThat(tokens().scope()).isEqualTo("openid");
  }

  @Tag("case-68")
  @ParameterizedTest
  @ValueSource(longs = {675, 900})
  void fiftyRequestsAtOnceAreOneCall(long age) throws Exception {
    clock.advance(Duration.ofSeconds(age));
    server.answersRefreshes(SessionRefreshTest::afterAWhile);
    var all = atOnce(50, () -> browserOfTheSession().open(PAGE).status());
    assertThat(all).containsOnly(200);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Tag("case-68")
  @Test
  void whileTheAccessTokenLivesNobodyWaitsForTheOneThatRefreshes() throws Exception {
    clock.advance(DUE);
    var answerNow = new CountDownLatch(1);
    var answered = new AtomicBoolean();
    server.answersRefreshes(
        it -> {
          try {
            await(answerNow);
          } finally {
            answered.set(true);
          }
          return it;
        });
    var threads = Executors.newSingleThreadExecutor();
    try {
      var first = threads.submit(() -> browserOfTheSession().open(PAGE).status());
      for (var i = 0; i < 6000 && server.refreshes() == 0; i++) {
        Thread.sleep(10);
      }
      assertServed();
      assertThat(answered).isFalse();
      answerNow.countDown();
      assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(200);
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.refreshes()).isEqualTo(1);
  }

  private Browser browserOfTheSession() {
    var another = new Browser(application);
    another.keepSession(session);
    return another;
  }

  private static Reply afterAWhile(Reply reply) {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reply;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    var threads = Executors.newFixedThreadPool(times);
    try {
      var results = new ArrayList<T>();
      for (var result : threads.invokeAll(Collections.nCopies(times, call))) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Tag("case-69")
  @ParameterizedTest
  @CsvSource({
    "400, '{\"error\":\"invalid_grant\"}'",
    "400, <html>",
    "401, '{\"error\":\"invalid_client\"}'",
    "401, ''",
    "403, ''",
    "404, ''",
    "418, '[]'",
  })
  void aRefusalEndsTheSessionAndIsNotTriedAgain(int status, String body) throws Exception {
    server.answersRefreshes(it -> Reply.status(status, body));
    clock.advance(DUE);
    var tokens = tokens();
    assertLogin();
    assertThat(session.isValid()).isFalse();
    assertThatThrownBy(tokens::accessToken).isInstanceOf(LoginNeededException.class);
    assertLogin();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Tag("case-69")
  @Test
  void aRefusalTellsAProgramToLogIn() throws Exception {
    server.answersRefreshes(it -> Reply.status(403, ""));
    clock.advance(DUE);
    var answer = browser.send(FakeRequest.get(PAGE).header("Accept", "application/json"));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(session.isValid()).isFalse();
  }

  @Tag("case-69")
  @Test
  void aRefusalOfFiftyAtOnceIsOneCallToo() throws Exception {
    server.answersRefreshes(it -> afterAWhile(Reply.status(400, "")));
    clock.advance(Duration.ofMinutes(15));
    var all = atOnce(50, () -> browserOfTheSession().open(PAGE).status());
    assertThat(all).containsOnly(302);
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Tag("case-70")
  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aServerThatCannotAnswerIsTriedOnceIn10SecondsWhileTheAccessTokenLives(int status)
      throws Exception {
    server.answersRefreshes(it -> Reply.status(status, ""));
    clock.advance(DUE);
    for (var i = 0; i < 5; i++) {
      assertServed();
    }
    assertThat(server.refreshes()).isEqualTo(1);
    clock.advance(Duration.ofMillis(9999));
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
    clock.advance(JITTER.plusMillis(1));
    assertServed();
    assertThat(server.refreshes()).isEqualTo(2);
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN);
  }

  @Tag("case-70")
  @Test
  void withoutServerAndAccessTokenTheSessionWaits() throws Exception {
    server.answersRefreshes(it -> Reply.status(503, ""));
    clock.advance(Duration.ofMinutes(15));
    var wait = retryAfter(assertUnavailable());
    assertThat(wait).isBetween(10, 15);
    clock.advance(Duration.ofSeconds(4));
    assertThat(retryAfter(assertUnavailable())).isEqualTo(wait - 4);
    assertThat(server.refreshes()).isEqualTo(1);
    assertThatThrownBy(() -> tokens().accessToken()).isInstanceOf(ServerUnavailableException.class);
    assertThat(tokens().refreshToken()).isPresent();
  }

  @Tag("case-70")
  @Test
  void withoutServerAPublicPageIsThereForNobody() throws Exception {
    server.answersRefreshes(it -> Reply.status(503, ""));
    clock.advance(Duration.ofMinutes(15));
    assertThat(browser.open("/shop/about").status()).isEqualTo(200);
    assertThat(application.reached().get(0).getUserPrincipal()).isNull();
    assertThat(session.isValid()).isTrue();
  }

  @Tag("case-70")
  @Test
  void aServerThatIsNotThereIsNotAskedAgainSoon() throws Exception {
    server.close();
    clock.advance(DUE);
    assertServed();
    clock.advance(Duration.ofMinutes(4));
    assertThat(retryAfter(assertUnavailable())).isBetween(10, 15);
    assertThat(tokens().refreshToken()).isPresent();
  }

  @Tag("case-70")
  @ParameterizedTest
  @CsvSource({"30, 30", "2, 10", "86400, 3600"})
  void tooManyRequestsAreObeyed(String retryAfter, long pause) throws Exception {
    server.answersRefreshes(it -> Reply.status(429, "").with("Retry-After", retryAfter));
    clock.advance(Duration.ofMinutes(15));
    assertUnavailable();
    clock.advance(Duration.ofSeconds(pause).minusMillis(1));
    assertUnavailable();
    assertThat(server.refreshes()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(pause).dividedBy(2).plusMillis(1)); // the most jitter
    assertUnavailable();
    assertThat(server.refreshes()).isEqualTo(2);
  }

  @Tag("case-86")
  @Test
  void sessionsThatMetADownServerDoNotComeBackToItTogether() throws Exception {
    server.answersRefreshes(it -> Reply.status(503, ""));
    clock.advance(Duration.ofMinutes(15));
    var waits = new HashSet<Integer>();
    for (var i = 0; i < 100; i++) {
      session = LoggedIn.refreshable(clock, FakeAuthorizationServer.REFRESH_TOKEN);
      browser.keepSession(session);
      clock.advance(Duration.ofMinutes(15));
      waits.add(retryAfter(assertUnavailable()));
    }
    assertThat(waits).hasSizeGreaterThan(3).allMatch(it -> it >= 10 && it <= 15);
  }

  @Tag("case-71")
  @ParameterizedTest
  @CsvSource({
    "200, <html>maintenance</html>",
    "200, ''",
    "200, '[]'",
    "200, '{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"bearer\"}'",
    "200, '{\"access_token\":\"a\",\"token_type\":\"mac\"}'",
    "302, ''",
  })
  void anAnswerThatIsNoneIsNotAskedForAgain(int status, String body) throws Exception {
    server.answersRefreshes(it -> Reply.status(status, body));
    assertGivenUp();
  }

  @Tag("case-81")
  @Test
  void aRefreshUnderANewKeySurvivesAStrangersLogoutTokenWithAnInventedKid() throws Exception {
    var others = TestKeys.jwks(TestKeys.publicJwk(TestKeys.p256("earlier").getPublic(), "old"));
    server.answersKeyRequests(it -> Reply.json(others));
    clock.advance(DUE.minusSeconds(5));
    var invented =
        RawJws.signed(
            "{\"alg\":\"ES256\",\"kid\":\"invented\"}",
            "{}",
            TestKeys.p256("a stranger's").getPrivate());
    var logout = FakeRequest.of("POST", "/shop/gatehouse/backchannel-logout");
    assertThat(application.answer(logout.form("logout_token=" + invented)).status()).isEqualTo(400);
    server.answersKeyRequests(it -> it);
    clock.advance(Duration.ofSeconds(6));
    assertServed();
    assertThat(tokens().accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
    assertThat(tokens().refreshToken()).hasValue(FakeAuthorizationServer.REFRESH_TOKEN + "-1");
  }

  /** As after a failed refresh while a virtual machine's clock was ahead. */
  @Tag("case-70")
  @Test
  void aRefreshIsNotPutOffByAClockThatWasAhead() throws Exception {
    clock.advance(Duration.ofHours(3));
    server.answersRefreshes(it -> Reply.status(503, ""));
    assertUnavailable();
    clock.advance(Duration.ofHours(-3).plus(Duration.ofMinutes(16)));
    server.answersRefreshes(
        it ->
            Reply.json("{\"access_token\":\"new\",\"token_type\":\"bearer\",\"expires_in\":900}"));
    assertServed();
    assertThat(server.refreshes()).isEqualTo(2);
  }

  @Test
  void tokensThatCameWhileTheClockWasAheadAreRenewed() throws Exception {
    clock.advance(Duration.ofMinutes(-5));
    assertServed();
    assertThat(server.refreshes()).as("nodes differ by minutes").isZero();
    clock.advance(Duration.ofMillis(-1));
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  @Tag("case-67")
  void aSessionThatBeganWhileTheClockWasAheadLivesNoLongerThanAnyOther() throws Exception {
    clock.advance(Duration.ofHours(-3));
    assertServed();
    clock.advance(Duration.ofHours(12).plus(Duration.ofMinutes(5)).minusMillis(1));
    assertServed();
    clock.advance(Duration.ofMillis(1));
    assertLogin();
  }

  @Tag("case-71")
  @Test
  void anAnswerThatNeverCameIsNotAskedForAgain() throws Exception {
    server.answersRefreshes(
        it -> {
          throw new IllegalStateException("the connection breaks");
        });
    assertGivenUp();
  }

  @Tag("case-71")
  @ParameterizedTest
  @CsvSource({
    "iss, https://evil.example",
    "sub, another",
    "aud, another",
    "nonce, another",
    "exp, 1",
    "at_hash, AAAA",
  })
  void anIdTokenOfAnotherIsNotApplied(String claim, String value) throws Exception {
    server.idTokens(
        it -> {
          it.put(claim, claim.equals("exp") ? Long.valueOf(value) : value);
          return it;
        });
    assertGivenUp();
  }

  // The access token is used until it expires, the refresh token is never sent again, and then the
  // user logs in again, in the same session.
  private void assertGivenUp() throws Exception {
    clock.advance(DUE);
    assertServed();
    assertThat(tokens().accessToken()).isEqualTo("access");
    assertThat(tokens().refreshToken()).isEmpty();
    assertThat(session.changes()).isEqualTo(1); // other nodes must not send it either
    clock.advance(Duration.ofSeconds(224));
    assertServed();
    clock.advance(Duration.ofSeconds(1));
    assertLogin();
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(session.isValid()).isTrue();
  }

  @Tag("case-71")
  @Test
  void aLogoutDuringARefreshWins() throws Exception {
    clock.advance(Duration.ofMinutes(15));
    var asked = new CountDownLatch(1);
    var answerNow = new CountDownLatch(1);
    server.answersRefreshes(
        it -> {
          asked.countDown();
          await(answerNow);
          return it;
        });
    var tokens = tokens();
    var threads = Executors.newSingleThreadExecutor();
    try {
      var waiting = threads.submit(() -> browserOfTheSession().open(PAGE).status());
      await(asked);
      var logout =
          browser.send(
              FakeRequest.of("POST", "/shop/gatehouse/logout")
                  .header("Sec-Fetch-Site", "same-origin"));
      assertThat(logout.status()).isEqualTo(303);
      assertThat(session.isValid()).isFalse();
      answerNow.countDown();
      assertThat(waiting.get(1, TimeUnit.MINUTES)).isEqualTo(302);
    } finally {
      threads.shutdownNow();
    }
    assertThatThrownBy(tokens::accessToken).isInstanceOf(LoginNeededException.class);
    assertThat(tokens.current().accessToken()).isEqualTo("access");
  }

  @Test
  void aThreadOfTheApplicationsOwnGetsFreshTokens() throws Exception {
    assertServed();
    var tokens = tokens();
    clock.advance(DUE);
    var all = atOnce(20, tokens::accessToken);
    assertThat(all).contains(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
    assertThat(server.refreshes()).isEqualTo(1);
    assertThat(tokens.accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
  }

  @Test
  void anAccessTokenThatAnApiRefusedIsRenewedOnce() throws Exception {
    assertServed();
    var tokens = tokens();
    var all = atOnce(20, () -> tokens.accessTokenInsteadOf("access").orElse(""));
    assertThat(all).containsOnly(FakeAuthorizationServer.ACCESS_TOKEN + "-1");
    assertThat(server.refreshes()).isEqualTo(1);
  }

  @Test
  void thereIsNoOtherAccessTokenWithoutRefreshTokenOrWhileTheServerIsDown() throws Exception {
    assertServed();
    server.answersRefreshes(it -> Reply.status(503, ""));
    assertThat(tokens().accessTokenInsteadOf("access")).isEmpty();
    assertThat(tokens().accessTokenInsteadOf("access")).isEmpty();
    assertThat(server.refreshes()).isEqualTo(1);
    session = LoggedIn.session(clock);
    browser.keepSession(session);
    assertServed();
    assertThat(tokens().accessTokenInsteadOf("access")).isEmpty();
  }

  @Tag("case-67")
  @Test
  void aSessionEndsAfterItsLongestLifeHoweverFreshItsTokensAre() throws Exception {
    try (var shortLived =
        new Deployment(
            configuration().with(Property.SESSION_MAX_LIFETIME, "10m").read(), clock, "/shop")) {
      var other = new Browser(shortLived);
      other.keepSession(session);
      clock.advance(Duration.ofMinutes(10).minusMillis(1));
      assertThat(other.open(PAGE).status()).isEqualTo(200);
      var tokens = tokens();
      clock.advance(Duration.ofMillis(1));
      assertThatThrownBy(tokens::accessToken).isInstanceOf(LoginNeededException.class);
      assertThat(other.open(PAGE).status()).isEqualTo(302);
      assertThat(session.isValid()).isFalse();
    }
  }

  @Test
  void whatTheApplicationLetsPassIsALoginOr503() throws Exception {
    var cases =
        Map.of(
            new LoginNeededException("x"), 302,
            new ServerUnavailableException("x", Duration.ofSeconds(7)), 503);
    for (var it : cases.entrySet()) {
      application.fails(it.getKey());
      assertThat(browser.open(PAGE).status()).isEqualTo(it.getValue());
    }
  }

  private FakeResponse logInAgain(Map<String, Object> claims) throws Exception {
    server.idTokens(
        it -> {
          it.putAll(claims);
          return it;
        });
    var redirect = browser.open("/shop/recent/x");
    assertThat(redirect.status()).isEqualTo(302);
    return browser.comeBack(server.answerTo(redirect));
  }

  private Map<String, Object> justNow() {
    return Map.of("auth_time", clock.instant().getEpochSecond());
  }

  @Test
  void heldTokensAreThoseOfTheNextLoginOfTheSameUserAndLogThatOut() throws Exception {
    assertServed();
    var held = tokens();
    logInAgain(justNow());
    assertThat(held.accessToken()).isEqualTo(FakeAuthorizationServer.ACCESS_TOKEN);
    held.logout();
    assertThat(session.isValid()).isFalse();
    assertLogin();
  }

  @Test
  void aSlowRequestLogsOutThoughTheUserLoggedInAgainMeanwhile() throws Exception {
    assertServed();
    var slow = application.reached().get(0);
    logInAgain(justNow());
    slow.logout();
    assertThat(session.isValid()).isFalse();
    assertLogin();
  }

  @Test
  void heldTokensOfAnotherUserEndWhenSomebodyElseLogsIn() throws Exception {
    assertServed();
    var held = tokens();
    var claims = new HashMap<>(justNow());
    claims.put("sub", "another-user");
    logInAgain(claims);
    assertThat(session.isValid()).isFalse();
    assertThatThrownBy(held::accessToken).isInstanceOf(LoginNeededException.class);
  }

  @Test
  void aRefreshThatEndsDuringALoginDoesNotUndoIt() throws Exception {
    assertServed();
    var before = tokens().current();
    logInAgain(justNow());
    var now = tokens().current();
    assertThat(tokens().replace(before, before.withoutRefreshToken())).isFalse();
    tokens().endIfStill(before, LogoutEvent.Cause.REFUSED);
    assertThat(tokens().current()).isSameAs(now);
    assertThat(session.isValid()).isTrue();
  }

  @Test
  void aLogoutDuringALoginOfTheSameUserWinsOrTheLoginBeginsAnew() throws Exception {
    assertServed();
    var held = tokens();
    session.beforeNextChange(() -> held.end(LogoutEvent.Cause.LOGOUT));
    assertThat(logInAgain(justNow()).status()).isEqualTo(303);
    assertThat(session.isValid()).isFalse();
    assertThat(browser.open("/shop/recent/x").status()).isEqualTo(200); // in a new one
  }

  @Tag("case-70")
  @Test
  void aLogoutOnAPublicPageEndsASessionThatCannotBeServedNow() throws Exception {
    server.answersRefreshes(it -> Reply.status(503, ""));
    clock.advance(Duration.ofMinutes(15));
    browser.open("/shop/about");
    application.reached().get(0).logout();
    assertThat(session.isValid()).isFalse();
  }

  @Test
  void anApiThatRefusesEveryTokenCostsOneRefreshIn10Seconds() throws Exception {
    assertServed();
    for (var i = 0; i < 20; i++) {
      tokens().accessTokenInsteadOf(tokens().accessToken());
    }
    assertThat(server.refreshes()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(10));
    assertThat(tokens().accessTokenInsteadOf(tokens().accessToken())).isPresent();
  }

  @Tag("case-71")
  @Test
  void theTokenThatWasRefusedIsNoOtherToken() throws Exception {
    assertServed();
    server.answersRefreshes(it -> Reply.status(200, "<html>"));
    assertThat(tokens().accessTokenInsteadOf("access")).isEmpty();
  }

  @Tag("case-71")
  @Test
  void anAccessTokenThatIsTooDeepToReadDoesNotMakeTheRefreshTokenGoTwice() throws Exception {
    Object deep = List.of();
    for (var i = 0; i < 1500; i++) {
      deep = List.of(deep);
    }
    server.accessTokens(Map.of("x", deep));
    clock.advance(DUE);
    assertServed();
    assertServed();
    assertThat(server.refreshes()).isEqualTo(1);
  }

  private void logOutByServer(String sid) throws Exception {
    var logout =
        FakeRequest.of("POST", "/shop/gatehouse/backchannel-logout")
            .form("logout_token=" + server.logoutToken(Map.of("sid", sid)));
    assertThat(application.answer(logout).status()).isEqualTo(200);
  }

  @Tag("case-19")
  @Test
  void sessionsThatAreDeadOnArrivalAreNoEndlessLoop() throws Exception {
    for (var i = 0; i < 3; i++) {
      logInAgain(Map.of("sid", "dead", "auth_time", clock.instant().getEpochSecond()));
      logOutByServer("dead");
    }
    var response = browser.open(PAGE);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("The login does not stick");
  }
}
