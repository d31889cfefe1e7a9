package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.PayaraMicro;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.StandIn;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that expire soon, and refresh tokens that can be used once, on real servers: with a
 * Verifier that is WELL, with two that are troubled (a lost answer is final for TROUBLED, and not
 * for REPEATED), and with one that is GONE.
 */
@ExtendWith(Servers.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RefreshIT {
  private static final int AT_ONCE = 50;

  // Access tokens of the Verifier that is WELL, and of the one that is GONE.
  private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

  // Of the one that is TROUBLED: time enough for a call that takes the whole of
  // gatehouse.http.timeout.
  private static final Duration LONGER_LIFE = Duration.ofSeconds(15);
  private static final Duration LONGER_LIFE_DUE = Duration.ofMillis(1700); // a tenth, and a little

  private static final Verified WELL = Verified.start("well", SHORT_LIFE, "75%", true);
  private static final Verified TROUBLED = Verified.start("troubled", LONGER_LIFE, "10%", false);
  private static final Verified REPEATED = Verified.start("repeated", LONGER_LIFE, "10%", true);
  private static final Verified GONE = Verified.start("gone", SHORT_LIFE, "20%", true);

  private static PayaraMicro payara;

  /** The sample in its own context, with its own stand-in. */
  private record Verified(String context, StandIn verifier, ClientKey key, Path war) {
    static Verified start(
        String context, Duration tokenLifetime, String refreshAfter, boolean retryLost) {
      var verifier =
          StandIn.start(
              Servers.DIRECTORY.resolve(context + "-standin.log"),
              ServerProcess.freePort(),
              "3.x",
              List.of(
                  "--standin.strict=true",
                  "--standin.rotate-refresh-tokens=true",
                  "--standin.access-token-lifetime=" + tokenLifetime.toSeconds() + "s"));
      var key = ClientKey.create(Servers.DIRECTORY.resolve(context + ".pem"));
      var war =
          ConfiguredWar.create(
              Servers.DIRECTORY.resolve(context + ".war"),
              Map.of(
                  "gatehouse.issuer", verifier.issuer(),
                  "gatehouse.id-token.issuer", verifier.tokenIssuer(),
                  "gatehouse.signing-key", key.location(),
                  "gatehouse.session.refresh-after", refreshAfter,
                  "gatehouse.session.retry-lost-refresh", String.valueOf(retryLost),
                  "gatehouse.http.timeout", "2s",
                  "gatehouse.api-origins", verifier.apiOrigin(),
                  "sample.api-url", verifier.apiUrl()));
      return new Verified(context, verifier, key, war);
    }

    void awaitAndWarmUp() {
      verifier.await().registerDidKey(key.didKey(), page("").toString());
      payara.awaitApplication(context);
      var browser = loggedIn(); // its pages are compiled when they are first asked for
      List.of("profile", "api").forEach(it -> browser.get(page("/account?tab=" + it)));
    }

    URI page(String path) {
      return URI.create(payara.address(context).toString().replaceFirst("/$", "") + path);
    }

    Browser loggedIn() {
      var browser = new Browser();
      assertThat(browser.logIn(page("/account"), "product-manager").statusCode()).isEqualTo(200);
      return browser;
    }

    int refreshes() {
      return verifier.calls().getInt("refresh");
    }
  }

  /** The applications of these tests. */
  static List<Path> wars() {
    return Stream.of(WELL, TROUBLED, REPEATED, GONE).map(Verified::war).toList();
  }

  @BeforeAll
  static void register(Servers servers) {
    payara = servers.payara();
    List.of(WELL, TROUBLED, REPEATED, GONE).forEach(Verified::awaitAndWarmUp);
  }

  @AfterAll
  static void stop() {
    // Kill them: a regular end would wait for their unfinished answers.
    List.of(WELL, TROUBLED, REPEATED, GONE).forEach(it -> it.verifier().process().kill());
  }

  @BeforeEach
  void resetCounts() {
    WELL.verifier().reset();
    TROUBLED.verifier().reset();
    REPEATED.verifier().reset();
  }

  @ParameterizedTest(name = "{0} ms after the login")
  @ValueSource(longs = {3_800, 5_500}) // due, and ended
  void refreshesOnceForFiftyRequestsAtOnce(long afterLogin) {
    var browser = WELL.loggedIn();
    var loggedIn = Instant.now();
    ServerProcess.pauseUntil(loggedIn.plusMillis(afterLogin));

    var answers = browser.getAtOnce(AT_ONCE, WELL.page("/account"));

    assertThat(answers).hasSize(AT_ONCE).allMatch(it -> it.statusCode() == 200);
    assertThat(WELL.refreshes()).isEqualTo(1);
    assertThat(WELL.verifier().calls().getJsonArray("violations")).isEmpty();
  }

  @Test
  void callsTheApiWithATokenThatLivesLongAfterTheFirstHasEnded() {
    var browser = WELL.loggedIn();
    var loggedIn = Instant.now();

    for (int lives = 1; lives <= 2; lives++) {
      ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE.multipliedBy(lives)).plusMillis(500));
      assertThat(browser.get(WELL.page("/account?tab=api")).body())
          .contains("id=\"offerings\"")
          .doesNotContain("id=\"api-problem\"");
    }

    assertThat(WELL.refreshes()).isEqualTo(2);
    assertThat(WELL.verifier().calls().getInt("token")).as("new logins").isEqualTo(1);
  }

  @Test
  void callsTheApiOnceMoreWithAnotherTokenWhenItRefusesTheFirst() {
    var browser = WELL.loggedIn();
    WELL.verifier().refuseAtApi(1);

    assertThat(browser.get(WELL.page("/account?tab=api")).body()).contains("id=\"offerings\"");

    assertThat(WELL.refreshes()).isEqualTo(1);
    assertThat(WELL.verifier().calls().getInt("api")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"slow", "silent", "reset-after"})
  void goesOnWithTheTokenThatItHasWhenTheAnswerIsLostAndAsksNoMore(String trouble) {
    TROUBLED.verifier().troubleRefreshes(trouble);
    var browser = TROUBLED.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    var answers = browser.getAtOnce(AT_ONCE, TROUBLED.page("/account"));

    assertThat(answers).hasSize(AT_ONCE).allMatch(it -> it.statusCode() == 200);
    assertThat(browser.get(TROUBLED.page("/account?tab=tokens")).body())
        .contains("id=\"refresh-token\" class=\"code\">none<");
    assertThat(TROUBLED.refreshes()).isEqualTo(1);
  }

  /** The stand-in does not act on the call that it leaves without an answer. */
  @Test
  void repeatsACallWhoseAnswerNeverCame() {
    REPEATED.verifier().troubleRefreshes("silent&times=1");
    var browser = REPEATED.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    assertThat(browser.get(REPEATED.page("/account")).statusCode()).isEqualTo(200);
    ServerProcess.pauseUntil(Instant.now().plusMillis(3_100)); // 2 to 3 s
    assertThat(browser.get(REPEATED.page("/account?tab=tokens")).body())
        .doesNotContain("id=\"refresh-token\" class=\"code\">none<");
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE));
    assertThat(browser.get(REPEATED.page("/account")).statusCode()).isEqualTo(200);
    assertThat(REPEATED.refreshes()).isEqualTo(3);
    assertThat(REPEATED.verifier().calls().getInt("token")).as("logins").isEqualTo(1);
  }

  /** The stand-in has acted, and answers 403 to the second use: that is no refusal of the user. */
  @Test
  void keepsTheSessionThoughTheServerRefusesTheSecondUse() {
    REPEATED.verifier().troubleRefreshes("reset-after&times=1");
    var browser = REPEATED.loggedIn();
    var session = browser.cookies(REPEATED.page("")).get("JSESSIONID");
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    assertThat(browser.get(REPEATED.page("/account")).statusCode()).isEqualTo(200);
    ServerProcess.pauseUntil(Instant.now().plusMillis(3_100));
    assertThat(browser.get(REPEATED.page("/account?tab=tokens")).body())
        .contains("id=\"refresh-token\" class=\"code\">none<");
    assertThat(REPEATED.refreshes()).isEqualTo(2);
    assertThat(browser.cookies(REPEATED.page(""))).containsEntry("JSESSIONID", session);
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "bad-request", "unavailable"})
  void keepsTheRefreshTokenWhereTheServerHasNotRefusedIt(String trouble) {
    TROUBLED.verifier().troubleRefreshes(trouble);
    var browser = TROUBLED.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    assertThat(browser.get(TROUBLED.page("/account?tab=tokens")).body())
        .contains("id=\"refresh-token\"")
        .doesNotContain("id=\"refresh-token\" class=\"code\">none<");
    assertThat(TROUBLED.refreshes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-grant", "forbidden"})
  void sendsThePersonToLogInWhenTheServerRefuses(String trouble) {
    TROUBLED.verifier().troubleRefreshes(trouble);
    var browser = TROUBLED.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    var first = browser.get(TROUBLED.page("/account"));
    var second = browser.get(TROUBLED.page("/account"));

    for (var answer : List.of(first, second)) {
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(Browser.location(answer).toString()).startsWith(TROUBLED.verifier().issuer());
    }
    assertThat(TROUBLED.refreshes()).isEqualTo(1);
    assertThat(browser.logIn(TROUBLED.page("/account"), "product-manager").statusCode())
        .isEqualTo(200);
  }

  @Test
  void doesNotAskAgainBeforeTheServerWantsToBeAsked() {
    TROUBLED.verifier().troubleRefreshes("too-many");
    var browser = TROUBLED.loggedIn();
    var loggedIn = Instant.now();
    ServerProcess.pauseUntil(loggedIn.plus(LONGER_LIFE_DUE));

    assertThat(browser.getAtOnce(AT_ONCE, TROUBLED.page("/account")))
        .hasSize(AT_ONCE)
        .allMatch(it -> it.statusCode() == 200);
    ServerProcess.pauseUntil(
        loggedIn.plusSeconds(8)); // Retry-After says 7, and we wait 10 at the least
    assertThat(browser.get(TROUBLED.page("/account")).statusCode()).isEqualTo(200);
    assertThat(TROUBLED.refreshes()).isEqualTo(1);
    ServerProcess.pauseUntil(
        loggedIn.plus(LONGER_LIFE).plusSeconds(2)); // and up to half as long again by chance
    assertUnavailable(browser.get(TROUBLED.page("/account")));
    assertUnavailable(browser.get(TROUBLED.page("/account")));
    assertThat(TROUBLED.refreshes()).isEqualTo(2);
  }

  @Test
  void keepsTheSessionWhileTheServerIsGone() {
    var browser = GONE.loggedIn();
    var loggedIn = Instant.now();
    var session = browser.cookies(GONE.page("")).get("JSESSIONID");
    GONE.verifier().process().kill();

    ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE.dividedBy(2)));
    assertThat(browser.get(GONE.page("/account")).statusCode())
        .as("while the token lives")
        .isEqualTo(200);
    ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE));
    var refused = browser.get(GONE.page("/account"));

    assertUnavailable(refused);
    assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(browser.cookies(GONE.page(""))).containsEntry("JSESSIONID", session);
    assertThat(browser.get(GONE.page("/")).statusCode()).as("public").isEqualTo(200);
  }

  private static int retryAfter(HttpResponse<String> answer) {
    return Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow());
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("cannot be reached");
    assertThat(retryAfter(answer)).isBetween(1, 15);
  }
}
