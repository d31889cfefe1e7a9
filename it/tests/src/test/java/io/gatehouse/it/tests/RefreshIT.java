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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens that end soon, and refresh tokens that are good once, on real servers: with a Verifier
 * that is well, with one that is in trouble, and with one that is gone.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RefreshIT {
  private static final int AT_ONCE = 50;

  // Access tokens of the Verifier that is well, and of the one that is gone.
  private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

  // Of the one in trouble: time enough for a call that takes the whole of gatehouse.http.timeout.
  private static final Duration LONGER_LIFE = Duration.ofSeconds(15);
  private static final Duration LONGER_LIFE_DUE = Duration.ofMillis(1700); // a tenth, and a little

  @TempDir private static Path directory;

  private static Verified well;
  private static Verified troubled;
  private static Verified gone;
  private static PayaraMicro payara;

  /** The sample in a context of its own, with a stand-in of its own. */
  private record Verified(String context, StandIn verifier, ClientKey key, Path war) {
    static Verified start(String context, Duration tokenLifetime, String refreshAfter) {
      var verifier =
          StandIn.start(
              directory.resolve(context + "-standin.log"),
              ServerProcess.freePort(),
              "3.x",
              List.of(
                  "--standin.strict=true",
                  "--standin.rotate-refresh-tokens=true",
                  "--standin.access-token-lifetime=" + tokenLifetime.toSeconds() + "s"));
      var key = ClientKey.create(directory.resolve(context + ".pem"));
      var war =
          ConfiguredWar.create(
              directory.resolve(context + ".war"),
              Map.of(
                  "gatehouse.issuer", verifier.issuer(),
                  "gatehouse.id-token.issuer", verifier.tokenIssuer(),
                  "gatehouse.signing-key", key.location(),
                  "gatehouse.session.refresh-after", refreshAfter,
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

  @BeforeAll
  static void start() {
    well = Verified.start("well", SHORT_LIFE, "75%");
    troubled = Verified.start("troubled", LONGER_LIFE, "10%");
    gone = Verified.start("gone", SHORT_LIFE, "20%");
    payara =
        PayaraMicro.start(
            directory.resolve("payara"),
            ServerProcess.freePort(),
            List.of(),
            List.of(well.war(), troubled.war(), gone.war()));
    List.of(well, troubled, gone).forEach(Verified::awaitAndWarmUp);
  }

  @AfterAll
  static void stop() {
    payara.close();
    // Not asked to end: they would wait for the answers that they are still dripping.
    List.of(well, troubled, gone).forEach(it -> it.verifier().process().kill());
  }

  @BeforeEach
  void resetCounts() {
    well.verifier().reset();
    troubled.verifier().reset();
  }

  @ParameterizedTest(name = "{0} ms after the log-in")
  @ValueSource(longs = {3_800, 5_500}) // due, and ended
  void refreshesOnceForFiftyRequestsAtOnce(long afterLogin) {
    var browser = well.loggedIn();
    var loggedIn = Instant.now();
    ServerProcess.pauseUntil(loggedIn.plusMillis(afterLogin));

    var answers = browser.getAtOnce(AT_ONCE, well.page("/account"));

    assertThat(answers).hasSize(AT_ONCE).allMatch(it -> it.statusCode() == 200);
    assertThat(well.refreshes()).isEqualTo(1);
    assertThat(well.verifier().calls().getJsonArray("violations")).isEmpty();
  }

  @Test
  void callsTheApiWithATokenThatLivesLongAfterTheFirstHasEnded() {
    var browser = well.loggedIn();
    var loggedIn = Instant.now();

    for (int lives = 1; lives <= 2; lives++) {
      ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE.multipliedBy(lives)).plusMillis(500));
      assertThat(browser.get(well.page("/account?tab=api")).body())
          .contains("id=\"offerings\"")
          .doesNotContain("id=\"api-problem\"");
    }

    assertThat(well.refreshes()).isEqualTo(2);
    assertThat(well.verifier().calls().getInt("token")).as("new log-ins").isEqualTo(1);
  }

  @Test
  void callsTheApiOnceMoreWithAnotherTokenWhenItRefusesTheFirst() {
    var browser = well.loggedIn();
    well.verifier().refuseAtApi(1);

    assertThat(browser.get(well.page("/account?tab=api")).body()).contains("id=\"offerings\"");

    assertThat(well.refreshes()).isEqualTo(1);
    assertThat(well.verifier().calls().getInt("api")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"slow", "silent", "reset-after", "html"})
  void goesOnWithTheTokenThatItHasWhenTheAnswerIsLostAndAsksNoMore(String trouble) {
    troubled.verifier().troubleRefreshes(trouble);
    var browser = troubled.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    var answers = browser.getAtOnce(AT_ONCE, troubled.page("/account"));

    assertThat(answers).hasSize(AT_ONCE).allMatch(it -> it.statusCode() == 200);
    assertThat(browser.get(troubled.page("/account?tab=tokens")).body())
        .contains("id=\"refresh-token\" class=\"code\">none<");
    assertThat(troubled.refreshes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-grant", "forbidden"})
  void sendsThePersonToLogInWhenTheServerRefuses(String trouble) {
    troubled.verifier().troubleRefreshes(trouble);
    var browser = troubled.loggedIn();
    ServerProcess.pauseUntil(Instant.now().plus(LONGER_LIFE_DUE));

    var first = browser.get(troubled.page("/account"));
    var second = browser.get(troubled.page("/account"));

    for (var answer : List.of(first, second)) {
      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(Browser.location(answer).toString()).startsWith(troubled.verifier().issuer());
    }
    assertThat(troubled.refreshes()).isEqualTo(1);
    assertThat(browser.logIn(troubled.page("/account"), "product-manager").statusCode())
        .isEqualTo(200);
  }

  @Test
  void doesNotAskAgainBeforeTheServerWantsToBeAsked() {
    troubled.verifier().troubleRefreshes("too-many");
    var browser = troubled.loggedIn();
    var loggedIn = Instant.now();
    ServerProcess.pauseUntil(loggedIn.plus(LONGER_LIFE_DUE));

    assertThat(browser.getAtOnce(AT_ONCE, troubled.page("/account")))
        .hasSize(AT_ONCE)
        .allMatch(it -> it.statusCode() == 200);
    ServerProcess.pauseUntil(
        loggedIn.plusSeconds(8)); // Retry-After says 7, and we wait 10 at the least
    assertThat(browser.get(troubled.page("/account")).statusCode()).isEqualTo(200);
    assertThat(troubled.refreshes()).isEqualTo(1);
    ServerProcess.pauseUntil(
        loggedIn.plus(LONGER_LIFE).plusSeconds(2)); // and up to half as long again by chance
    assertUnavailable(browser.get(troubled.page("/account")));
    assertUnavailable(browser.get(troubled.page("/account")));
    assertThat(troubled.refreshes()).isEqualTo(2);
  }

  @Test
  void keepsTheSessionWhileTheServerIsGone() {
    var browser = gone.loggedIn();
    var loggedIn = Instant.now();
    var session = browser.cookies(gone.page("")).get("JSESSIONID");
    gone.verifier().process().kill();

    ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE.dividedBy(2)));
    assertThat(browser.get(gone.page("/account")).statusCode())
        .as("while the token lives")
        .isEqualTo(200);
    ServerProcess.pauseUntil(loggedIn.plus(SHORT_LIFE));
    var refused = browser.get(gone.page("/account"));

    assertUnavailable(refused);
    assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(browser.cookies(gone.page(""))).containsEntry("JSESSIONID", session);
    assertThat(browser.get(gone.page("/")).statusCode()).as("public").isEqualTo(200);
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
