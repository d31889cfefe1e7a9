package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.filter.FakeAuthorizationServer.Reply;
import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.jose.RawJws;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.observability.CapturedLog;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LocalMarkerStore;
import io.gatehouse.internal.protocol.MarkerStore;
import io.gatehouse.internal.session.SessionTokens;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of a session: by its user, and by the server in two ways. */
class LogoutTest {
  private static final String BACKCHANNEL = "/shop/gatehouse/backchannel-logout";
  private static final String FRONTCHANNEL = "/shop/gatehouse/frontchannel-logout";
  private static final String LOGOUT = "/shop/gatehouse/logout";
  private static final String LOGGED_OUT = "/shop/gatehouse/logged-out";

  private final AdjustableClock clock = new AdjustableClock();
  private final FailingMarks markers = new FailingMarks(new LocalMarkerStore(clock));
  private final List<Record> events = new ArrayList<>();
  private final FakeAuthorizationServer server;
  private final CapturedLog log = new CapturedLog();
  private Deployment application;

  LogoutTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    server.knows("shop");
    application = deployed(configuration());
  }

  /** A MarkerStore on a shared store that can fail. */
  private static final class FailingMarks implements MarkerStore {
    private final MarkerStore markers;
    private boolean failing;

    FailingMarks(MarkerStore markers) {
      this.markers = markers;
    }

    @Override
    public boolean reachOtherNodes() {
      return true;
    }

    @Override
    public long raised() {
      return failing ? -1 : markers.raised();
    }

    @Override
    public long changes() {
      return working().changes();
    }

    private MarkerStore working() {
      if (failing) {
        throw new ServerUnavailableException("canary", Duration.ofSeconds(5));
      }
      return markers;
    }

    @Override
    public Optional<Long> find(String name) {
      return working().find(name);
    }

    @Override
    public void raise(String name, long value, Duration kept) {
      working().raise(name, value, kept);
    }

    @Override
    public boolean putIfAbsent(String name, long value, Duration kept) {
      return working().putIfAbsent(name, value, kept);
    }
  }

  private ValidConfiguration configuration() {
    return server.logoutEndpointsOf(server.endpointsOf(ValidConfiguration.ofOidc()));
  }

  private Deployment deployed(ValidConfiguration configuration) throws Exception {
    return new Deployment(
        configuration.read(),
        clock,
        "/shop",
        new ClusterParts.Shared(markers, Optional.empty()),
        events::add);
  }

  @AfterEach
  void close() {
    application.close();
    server.close();
    log.close();
  }

  /** A browser whose user has logged in, with this session at the server. */
  private Browser loggedIn(Deployment at, String sid) throws Exception {
    return loggedIn(at, sid, LoggedIn.SUBJECT);
  }

  private Browser loggedIn(Deployment at, String sid, String sub) throws Exception {
    var browser = new Browser(at);
    finish(browser, browser.open("/shop/orders"), sid, sub);
    assertThat(browser.session()).isNotNull();
    assertLives(browser);
    return browser;
  }

  private void finish(Browser browser, FakeResponse redirect, String sid, String sub)
      throws Exception {
    server.idTokens(
        claims -> {
          claims.put("sid", sid);
          claims.put("sub", sub);
          return claims;
        });
    assertThat(browser.comeBack(server.answerTo(redirect)).status()).isEqualTo(303);
  }

  private static void assertLives(Browser browser) throws Exception {
    assertThat(browser.open("/shop/orders").status()).isEqualTo(200);
  }

  private static void assertEnded(Browser browser) throws Exception {
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
    assertThat(browser.session()).isNull();
  }

  private List<LogoutEvent.Cause> causes() {
    return events.stream()
        .filter(LogoutEvent.class::isInstance)
        .map(it -> ((LogoutEvent) it).cause())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Nested
  @Tag("case-72")
  class ByTheUser {
    private final Browser browser;

    ByTheUser() throws Exception {
      browser = loggedIn(application, "s1");
    }

    private FakeRequest post() {
      return FakeRequest.of("POST", LOGOUT).header("Origin", "https://app.example");
    }

    private String idToken() {
      var session = Objects.requireNonNull(browser.session());
      return ((Tokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE)))
          .idToken();
    }

    @Test
    void endsTheSession() throws Exception {
      assertThat(browser.send(post()).status()).isEqualTo(303);
      assertEnded(browser);
      assertThat(causes()).containsExactly(LogoutEvent.Cause.LOGOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsEndNothing(String method) throws Exception {
      var response =
          browser.send(FakeRequest.of(method, LOGOUT).header("Origin", "https://app.example"));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).isEqualTo("POST");
      assertLives(browser);
    }

    @ParameterizedTest
    @CsvSource({
      "Origin, https://evil.example",
      "Origin, null",
      "Origin, http://app.example",
      "Sec-Fetch-Site, cross-site",
      "Sec-Fetch-Site, same-site"
    })
    void aPostOfAnotherSiteEndsNothing(String header, String value) throws Exception {
      var request = post().without("Origin").header(header, value);
      assertThat(browser.send(request).status()).isEqualTo(403);
      assertLives(browser);
    }

    /** Payara reads the id of a session from the address too. */
    @Test
    void aSessionIdInTheAddressEndsNothing() throws Exception {
      browser.send(post().sessionIdFromUrl());
      assertLives(browser);
    }

    @Test
    void aPostThatDoesNotTellItsOriginEndsNothing() throws Exception {
      assertThat(browser.send(post().without("Origin")).status()).isEqualTo(403);
      assertLives(browser);
    }

    @Test
    @Tag("case-73")
    void theBrowserGoesToTheServersLogout() throws Exception {
      var idToken = idToken();
      var response = browser.send(post());
      assertThat(response.header("Location")).startsWith(server.origin() + "/end-session?");
      assertThat(response.parameters().keySet())
          .containsExactly("id_token_hint", "client_id", "post_logout_redirect_uri", "state");
      assertThat(response.parameter("id_token_hint")).isEqualTo(idToken);
      assertThat(response.parameter("client_id")).isEqualTo("shop");
      assertThat(response.parameter("post_logout_redirect_uri"))
          .isEqualTo("https://app.example" + LOGGED_OUT);
      assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    @Tag("case-73")
    void theConfiguredPostLogoutRedirectUriIsSent() throws Exception {
      try (var other =
          deployed(
              configuration().with(Property.LOGOUT_REDIRECT_URI, "https://www.example/goodbye"))) {
        var response = loggedIn(other, "s2").send(post());
        assertThat(response.parameter("post_logout_redirect_uri"))
            .isEqualTo("https://www.example/goodbye");
      }
    }

    @Test
    @Tag("case-73")
    void aReturnWithOurStateGoesOnToThePublicStartPage() throws Exception {
      try (var open = deployed(configuration().with(Property.PUBLIC_PATHS, "/"))) {
        var user = loggedIn(open, "s2");
        var state = user.send(post()).parameter("state");
        var back = user.open(LOGGED_OUT + "?state=" + state);
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("https://app.example/shop/");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?state=", "?state=AAAA", "?other=1", "?state=%22%3Cscript%3E"})
    @Tag("case-73")
    void aReturnWithoutOurStateShowsAPage(String query) throws Exception {
      try (var open = deployed(configuration().with(Property.PUBLIC_PATHS, "/"))) {
        var back = new Browser(open).open(LOGGED_OUT + query);
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.body()).contains("<h1>").doesNotContain("script>", "AAAA");
        assertThat(back.cookies()).isEmpty();
      }
    }

    @Test
    @Tag("case-73")
    void aReturnEndsNoSession() throws Exception {
      assertThat(browser.open(LOGGED_OUT + "?state=AAAA").status()).isEqualTo(303);
      assertLives(browser);
    }

    @Test
    void theRefreshTokenIsRevoked() throws Exception {
      browser.send(post());
      assertThat(server.revocations()).hasSize(1);
      assertThat(server.revocations().get(0))
          .containsEntry("token", FakeAuthorizationServer.REFRESH_TOKEN)
          .containsEntry("token_type_hint", "refresh_token")
          .containsEntry("client_id", "shop")
          .containsKey("client_assertion");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 500, 503})
    void aRevocationThatFailsIsLoggedAndTheSessionEnds(int status) throws Exception {
      server.answersRevocations(it -> Reply.status(status, "canary"));
      assertThat(browser.send(post()).status()).isEqualTo(303);
      assertEnded(browser);
      assertThat(log.ours()).anyMatch(it -> it.contains("could not be revoked"));
      assertThat(log.everything()).noneMatch(it -> it.contains("canary"));
    }

    @Test
    void theSessionEndsWhileTheServerIsDown() throws Exception {
      server.close();
      assertThat(browser.send(post()).status()).isEqualTo(303);
      assertEnded(browser);
    }

    @Test
    void theSessionEndsWhileItIsUnknownWhetherTheServerHasEndedIt() throws Exception {
      markers.failing = true;
      var response = browser.send(post());
      assertThat(response.header("Location")).contains("/end-session?id_token_hint=");
      assertThat(browser.session()).isNull();
    }

    @Test
    void theVerifiersLogoutIsHereOnly() throws Exception {
      server.knows(ValidConfiguration.RFC_7515_A_3_DID_KEY);
      var verifier = server.logoutEndpointsOf(server.endpointsOf(ValidConfiguration.ofVerifier()));
      try (var other = deployed(verifier)) {
        var user = loggedIn(other, "s2");
        assertThat(user.send(post()).header("Location"))
            .isEqualTo("https://app.example" + LOGGED_OUT);
        assertThat(server.revocations()).isEmpty();
        assertEnded(user);
      }
    }
  }

  @Nested
  @Tag("case-74")
  class ByBackChannel {
    private FakeRequest post(String token) {
      return FakeRequest.of("POST", BACKCHANNEL).form("logout_token=" + encoded(token));
    }

    private FakeResponse send(FakeRequest request) throws Exception {
      var response = application.answer(request);
      assertThat(response.cookies()).isEmpty();
      assertThat(response.headers()).doesNotContainKey("Location");
      assertThat(response.header("Cache-Control")).isEqualTo("no-store");
      assertThat(request.session()).isNull();
      return response;
    }

    private void assertAccepted(FakeRequest request) throws Exception {
      var response = send(request);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }

    private void assertRefused(FakeRequest request) throws Exception {
      var response = send(request);
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.header("Content-Type")).isEqualTo("application/json");
      assertThat(response.body()).isEqualTo("{\"error\":\"invalid_request\"}");
    }

    private String bySid(String sid) {
      return server.logoutToken(Map.of("sid", sid));
    }

    @Test
    void bySidEndsThatSessionAndNoOther() throws Exception {
      var one = loggedIn(application, "s1");
      var two = loggedIn(application, "s2");
      assertAccepted(post(bySid("s1")));
      assertEnded(one);
      assertLives(two);
      assertThat(causes()).containsExactly(LogoutEvent.Cause.SERVER);
    }

    @Test
    void withSidAndSubItEndsBySidOnly() throws Exception {
      var one = loggedIn(application, "s1");
      var two = loggedIn(application, "s2");
      assertAccepted(post(server.logoutToken(Map.of("sid", "s1", "sub", LoggedIn.SUBJECT))));
      assertEnded(one);
      assertLives(two);
    }

    @Test
    void bySubEndsAllOfTheUserAndNobodyElses() throws Exception {
      var one = loggedIn(application, "s1");
      var two = loggedIn(application, "s2");
      var another = loggedIn(application, "s3", "did:key:zAnother");
      assertAccepted(post(server.logoutToken(Map.of("sub", LoggedIn.SUBJECT))));
      assertEnded(one);
      assertEnded(two);
      assertLives(another);
    }

    @Test
    void aSessionThatBeginsAfterTheLogoutOfItsUserLives() throws Exception {
      assertAccepted(post(server.logoutToken(Map.of("sub", LoggedIn.SUBJECT))));
      clock.advance(Duration.ofSeconds(1));
      assertLives(loggedIn(application, "s1"));
    }

    @Test
    @Tag("case-75")
    void aSessionWhoseLogoutCameBeforeItsCallbackIsDeadOnArrival() throws Exception {
      var browser = new Browser(application);
      var redirect = browser.open("/shop/orders");
      assertAccepted(post(bySid("s1")));
      finish(browser, redirect, "s1", LoggedIn.SUBJECT);
      assertThat(browser.session()).isNotNull();
      assertEnded(browser);
      assertThat(application.reached()).isEmpty();
    }

    @Test
    @Tag("case-75")
    void aSessionThatIsNotHereIsNoFault() throws Exception {
      assertAccepted(post(bySid("unknown")));
      assertAccepted(post(server.logoutToken(Map.of("sub", "unknown"))));
    }

    @Test
    @Tag("case-75")
    void endsTheSessionOnAnotherNode() throws Exception {
      try (var node = deployed(configuration())) {
        var browser = loggedIn(node, "s1");
        assertAccepted(post(bySid("s1")));
        assertEnded(browser);
      }
    }

    @Test
    void aTokenIsAcceptedOnce() throws Exception {
      var token = bySid("s1");
      assertAccepted(post(token));
      assertRefused(post(token));
    }

    @Test
    void aTokenThatBreaksARuleEndsNothingAndLeavesNothingOfItInTheLog() throws Exception {
      var browser = loggedIn(application, "s1");
      var forged =
          RawJws.signed(
              "{\"alg\":\"ES256\",\"kid\":\"1\"}",
              RawJws.part(bySid("s1"), 1),
              TestKeys.p256("an attacker's key").getPrivate());
      assertRefused(post(forged));
      assertLives(browser);
      assertThat(log.ours())
          .contains(
              "WARNING GH418 a back-channel logout was refused, so no session has ended:"
                  + " logout token: the signature is wrong (RFC 7515 5.2)");
      assertThat(log.everything()).noneMatch(it -> it.contains("canary") || it.contains(forged));
    }

    @Test
    @Tag("case-89")
    void aFloodOfForgedTokensIsOneLineAMinute() throws Exception {
      for (int i = 0; i < 100; i++) {
        assertRefused(post("forged"));
      }
      assertThat(log.ours()).hasSize(1);
      clock.advance(Duration.ofMinutes(1));
      assertRefused(post("forged"));
      assertThat(log.ours()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "OPTIONS"})
    void otherMethodsAreRefused(String method) throws Exception {
      var response = send(FakeRequest.of(method, BACKCHANNEL + "?logout_token=" + bySid("s1")));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).isEqualTo("POST");
    }

    @Test
    void theQueryCountsForNothing() throws Exception {
      var token = bySid("s1");
      var inQuery = BACKCHANNEL + "?logout_token=" + token;
      assertRefused(FakeRequest.of("POST", inQuery).form(""));
      assertRefused(FakeRequest.of("POST", inQuery).form("logout_token=" + token));
      assertRefused(
          FakeRequest.of("POST", BACKCHANNEL + "?%6Cogout_token=").form("logout_token=" + token));
      assertAccepted(FakeRequest.of("POST", BACKCHANNEL + "?x=1").form("logout_token=" + token));
    }

    @Test
    void aTokenThatIsThereTwiceOrNotAtAllIsRefused() throws Exception {
      var token = bySid("s1");
      var twice = "logout_token=" + token + "&logout_token=" + token;
      assertRefused(FakeRequest.of("POST", BACKCHANNEL).form(twice));
      assertRefused(
          FakeRequest.of("POST", BACKCHANNEL).form("logout_token=&logout_token=" + token));
      assertRefused(FakeRequest.of("POST", BACKCHANNEL).form(""));
      assertRefused(FakeRequest.of("POST", BACKCHANNEL).form("logout_token"));
      assertRefused(FakeRequest.of("POST", BACKCHANNEL).form("logout_token=%zz"));
      assertAccepted(FakeRequest.of("POST", BACKCHANNEL).form("x=1&logout_token=" + token));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"application/json", "text/plain", "multipart/form-data", "application/jwt", ""})
    void anotherContentTypeIsRefused(String type) throws Exception {
      assertRefused(post(bySid("s1")).without("Content-Type").header("Content-Type", type));
      assertRefused(post(bySid("s1")).without("Content-Type"));
    }

    @Test
    void aContentTypeWithACharsetIsAForm() throws Exception {
      assertAccepted(
          post(bySid("s1"))
              .without("Content-Type")
              .header("Content-Type", "Application/x-www-form-urlencoded; charset=UTF-8"));
    }

    @Test
    @Tag("case-82")
    void aMegabyteIsNotRead() throws Exception {
      var big = "logout_token=" + bySid("s1") + "&x=" + "x".repeat(1024 * 1024);
      var declared = FakeRequest.of("POST", BACKCHANNEL).form(big).declaredLength(big.length());
      assertThat(send(declared).status()).isEqualTo(413);
      assertThat(declared.readBytes()).isZero();
      var chunked = FakeRequest.of("POST", BACKCHANNEL).form(big);
      assertThat(send(chunked).status()).isEqualTo(413);
      assertThat(chunked.readBytes()).isLessThanOrEqualTo(128 * 1024 + 1);
    }

    @Test
    void aFormOf128KiBIsRead() throws Exception {
      var form = "logout_token=" + bySid("s1") + "&x=";
      assertAccepted(
          FakeRequest.of("POST", BACKCHANNEL).form(form + "x".repeat(128 * 1024 - form.length())));
    }

    @Test
    void whileTheServersKeysCannotBeHadTheServerIsToTryAgain() throws Exception {
      server.answersKeyRequests(it -> Reply.status(503, ""));
      var token = bySid("s1");
      var response = send(post(token));
      assertThat(response.status()).isEqualTo(503);
      assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
      assertThat(response.body()).isEmpty();
      server.answersKeyRequests(it -> it);
      clock.advance(Duration.ofSeconds(61));
      assertAccepted(post(token));
    }

    @Test
    void whileTheOtherNodesCannotBeToldTheServerIsToTryAgain() throws Exception {
      var browser = loggedIn(application, "s1");
      var token = bySid("s1");
      markers.failing = true;
      var response = send(post(token));
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("5");
      markers.failing = false;
      assertLives(browser);
      assertAccepted(post(token));
      assertEnded(browser);
    }

    @Test
    void aLoginEndsWellWhileItIsUnknownWhoseSessionHasEnded() throws Exception {
      var browser = new Browser(application);
      var redirect = browser.open("/shop/orders");
      browser.keepSession(loggedIn(application, "s1").session());
      markers.failing = true;
      var answer = browser.comeBack(server.answerTo(redirect));
      assertThat(answer.status()).isEqualTo(303);
      markers.failing = false;
      assertLives(browser);
    }

    @Test
    void whileItIsUnknownWhoseSessionHasEndedUsersAreToTryAgain() throws Exception {
      var browser = loggedIn(application, "s1");
      application.reached().clear();
      markers.failing = true;
      var response = browser.open("/shop/orders");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("5");
      assertThat(application.reached()).isEmpty();
      assertThat(browser.open("/shop/gatehouse/login").status()).isEqualTo(503);
      markers.failing = false;
      assertLives(browser);
    }
  }

  @Nested
  @Tag("case-76")
  class ByFrontChannel {
    private static final String ISS = "iss=https%3A%2F%2Fverifier.example";

    private final Browser browser;

    ByFrontChannel() throws Exception {
      browser = loggedIn(application, "s1");
    }

    private FakeRequest frame(String query) {
      return FakeRequest.navigation(FRONTCHANNEL + query);
    }

    private void assertPage(FakeResponse response) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
      assertThat(response.header("Cache-Control")).isEqualTo("no-store");
      assertThat(response.header("Content-Security-Policy"))
          .isEqualTo("default-src 'none'; frame-ancestors https://verifier.example");
      assertThat(response.headers()).doesNotContainKeys("X-Frame-Options", "Location");
      assertThat(response.cookies()).isEmpty();
    }

    @Test
    void aSessionIdInTheAddressEndsNothing() throws Exception {
      assertPage(browser.send(frame("?" + ISS + "&sid=s1").sessionIdFromUrl()));
      assertLives(browser);
    }

    @Test
    void issAndSidOfTheSessionEndIt() throws Exception {
      var elsewhere = loggedIn(application, "s1");
      assertPage(browser.send(frame("?" + ISS + "&sid=s1")));
      assertThat(browser.session()).isNull();
      assertThat(causes()).containsExactly(LogoutEvent.Cause.SERVER);
      assertLives(elsewhere); // no mark was made
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "?",
          "?" + ISS,
          "?sid=s1",
          "?" + ISS + "&sid=",
          "?" + ISS + "&sid=s2",
          "?" + ISS + "&sid=S1",
          "?iss=https%3A%2F%2Fverifier.example%2F&sid=s1",
          "?iss=https%3A%2F%2Fevil.example&sid=s1",
          "?" + ISS + "&sid=s1&sid=s1",
          "?" + ISS + "&" + ISS + "&sid=s1",
          "?" + ISS + "&sid=s2&sid=s1",
          "?" + ISS + "&sid=s1&x=%zz"
        })
    void anythingElseDoesNothing(String query) throws Exception {
      assertPage(browser.send(frame(query)));
      assertLives(browser);
    }

    /** The login holds the lock of the tokens when the frame has found that their sid is meant. */
    @Test
    void aLoginThatComesMeanwhileIsNotEnded() throws Exception {
      var session = Objects.requireNonNull(browser.session());
      var tokens = tokens(session);
      var later = tokens(Objects.requireNonNull(loggedIn(application, "s2").session())).current();
      var isChanging = new CountDownLatch(1);
      var frameWaits = new CountDownLatch(1);
      session.beforeNextLook(
          () -> {
            isChanging.countDown();
            await(frameWaits);
          });
      var login = new Thread(() -> tokens.logInAgain(later, tokens.registration()));
      login.start();
      await(isChanging);
      var status = new AtomicInteger();
      var frame =
          new Thread(
              () -> {
                try {
                  status.set(browser.send(frame("?" + ISS + "&sid=s1")).status());
                } catch (IOException | ServletException e) {
                  throw new IllegalStateException(e);
                }
              });
      frame.start();
      awaitThatItWaits(frame);
      frameWaits.countDown();
      login.join(10_000);
      frame.join(10_000);
      assertThat(status).hasValue(200);
      assertThat(tokens.current()).isSameAs(later);
      assertLives(browser);
    }

    private SessionTokens tokens(FakeSession session) {
      return (SessionTokens) Objects.requireNonNull(session.attributes().get(Tokens.ATTRIBUTE));
    }

    private void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private void awaitThatItWaits(Thread frame) {
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (frame.getState() != Thread.State.WAITING
          || Arrays.stream(frame.getStackTrace())
              .noneMatch(it -> it.getMethodName().equals("markEnded"))) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }

    @Test
    void aSessionWithoutSidIsNotEnded() throws Exception {
      server.idTokens(it -> it);
      var user = new Browser(application);
      var redirect = user.open("/shop/orders");
      user.comeBack(server.answerTo(redirect));
      assertPage(user.send(frame("?" + ISS + "&sid=s1")));
      assertPage(user.send(frame("?" + ISS + "&sid=null")));
      assertLives(user);
    }

    @Test
    void whoHasNoSessionSeesTheSamePage() throws Exception {
      assertPage(new Browser(application).send(frame("?" + ISS + "&sid=s1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Purpose", "Purpose"})
    void whatABrowserFetchesInAdvanceDoesNothing(String header) throws Exception {
      assertPage(browser.send(frame("?" + ISS + "&sid=s1").header(header, "prefetch")));
      assertLives(browser);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS"})
    void otherMethodsAreRefused(String method) throws Exception {
      var response = browser.send(FakeRequest.of(method, FRONTCHANNEL + "?" + ISS + "&sid=s1"));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("Allow")).isEqualTo("GET");
      assertLives(browser);
    }
  }
}
