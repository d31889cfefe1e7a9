package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys, and logging in and out on purpose. */
class OwnPathsTest {
  private final AdjustableClock clock = new AdjustableClock();
  private final Refusals refusals = new Refusals(clock);
  private Deployment application;
  private Browser browser;

  OwnPathsTest() throws Exception {
    application = deployed(configuration());
    browser = new Browser(application);
  }

  private static ValidConfiguration configuration() {
    return ValidConfiguration.ofVerifier()
        .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize")
        .with(Property.ENDPOINTS_TOKEN, "https://verifier.example/token")
        .with(Property.ENDPOINTS_JWKS, "https://verifier.example/jwks");
  }

  private Deployment deployed(ValidConfiguration configuration) throws Exception {
    return new Deployment(configuration.read(), clock, "/shop");
  }

  @AfterEach
  void undeploy() {
    refusals.close();
    application.close();
  }

  @Nested
  class Jwks {
    private static final String PATH = "/shop/gatehouse/jwks";

    @Test
    void hasThePublicHalvesCurrentFirst() throws Exception {
      var keys = configuration().with(Property.SIGNING_KEY_NEXT, ValidConfiguration.RFC_7517_A_2);
      try (var rotating = deployed(keys)) {
        var response = rotating.answer(FakeRequest.get(PATH));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Content-Length"))
            .isEqualTo(String.valueOf(response.body().length()));
        assertThat(response.body().indexOf("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"))
            .isPositive()
            .isLessThan(response.body().indexOf("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"));
        assertThat(response.body()).contains("\"use\":\"sig\"", "\"kid\":\"did:key:zDnaerGBD7");
      }
    }

    @Test
    void hasNoPrivateHalf() throws Exception {
      assertThat(application.answer(FakeRequest.get(PATH)).body())
          .doesNotContain("\"d\"")
          .doesNotContain("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    }

    @Test
    void isEmptyForAClientWithASecretOnly() throws Exception {
      var secretOnly =
          ValidConfiguration.ofOidc()
              .with(Property.ENDPOINTS_AUTHORIZATION, "https://verifier.example/authorize");
      try (var other = deployed(secretOnly)) {
        assertThat(other.answer(FakeRequest.get(PATH)).body()).isEqualTo("{\"keys\":[]}");
      }
    }

    @Test
    void headHasNoBody() throws Exception {
      var response = application.answer(FakeRequest.of("HEAD", PATH));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "OPTIONS", "DELETE"})
    void otherMethodsAreRefused(String method) throws Exception {
      var response = browser.send(FakeRequest.of(method, PATH));
      assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
      refusals.assertRefused(browser, response, 405);
    }
  }

  @Nested
  class Session {
    private static final String PATH = "/shop/gatehouse/session";

    @Test
    void tellsAScriptThatItsUserIsLoggedIn() throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      var response = browser.open(PATH);
      assertThat(response.status()).isEqualTo(204);
      assertThat(response.header("Cache-Control")).isEqualTo("no-store");
      assertThat(response.body()).isEmpty();
    }

    @Test
    void tellsAScriptWhereItsUserLogsIn() throws Exception {
      var response = browser.send(FakeRequest.get(PATH));
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.body())
          .contains("\"login\":\"https://app.example/shop/gatehouse/login\"");
      assertThat(response.cookies()).isEmpty();
    }

    @Test
    void beginsNoLoginForAPersonEither() throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      clock.advance(LoggedIn.LIFETIME);
      assertThat(browser.open(PATH).status()).isEqualTo(401);
    }

    @Test
    void isOnlyRead() throws Exception {
      assertThat(browser.send(FakeRequest.of("POST", PATH)).status()).isEqualTo(405);
    }
  }

  @Nested
  class Script {
    private static final String PATH = "/shop/gatehouse/keep-open.js";

    @Test
    void isPublicAndFewLinesLong() throws Exception {
      var response = browser.send(FakeRequest.get(PATH));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("Content-Type")).startsWith("text/javascript");
      assertThat(response.header("Cache-Control")).isEqualTo("public, max-age=3600");
      assertThat(response.body()).contains("function keepOpen(open").doesNotContain("eval");
    }

    @Test
    void isOnlyRead() throws Exception {
      assertThat(browser.send(FakeRequest.of("POST", PATH)).status()).isEqualTo(405);
      assertThat(browser.send(FakeRequest.of("HEAD", PATH)).body()).isEmpty();
    }
  }

  @Nested
  class Login {
    private static final String PATH = "/shop/gatehouse/login";

    @Test
    void sendsAPersonToTheServer() throws Exception {
      var response = browser.open(PATH);
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.header("Location")).startsWith("https://verifier.example/authorize?");
      assertThat(response.cookies()).hasSize(1);
    }

    @Test
    void sendsWhoIsLoggedInToTheLandingPage() throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      var response = browser.open(PATH);
      assertThat(response.status()).isEqualTo(303);
      assertThat(response.header("Location")).isEqualTo("https://app.example/shop/");
      assertThat(response.cookies()).isEmpty();
    }

    @Test
    void sendsWhoseTokensHaveExpiredToTheServer() throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      clock.advance(Duration.ofMinutes(15));
      assertThat(browser.open(PATH).status()).isEqualTo(302);
    }

    @Tag("case-14")
    @ParameterizedTest
    @ValueSource(
        strings = {"?return=https://evil.example", "?target=//evil.example", "?next=/x", "?/x"})
    void takesNoParameters(String query) throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      assertThat(browser.open(PATH + query).header("Location"))
          .isEqualTo("https://app.example/shop/");
    }

    @Tag("case-11")
    @Test
    void tellsAScriptThatSomebodyHasToLogIn() throws Exception {
      var response = browser.send(FakeRequest.get(PATH).header("Accept", "application/json"));
      refusals.assertLoginNeeded(browser, response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "PUT"})
    void otherMethodsAreRefused(String method) throws Exception {
      var response = browser.send(FakeRequest.of(method, PATH).header("Accept", "text/html"));
      assertThat(response.header("Allow")).isEqualTo("GET");
      assertThat(response.cookies()).isEmpty();
      refusals.assertRefused(browser, response, 405);
    }
  }

  @Nested
  @Tag("case-72")
  class Logout {
    private static final String PATH = "/shop/gatehouse/logout";

    private FakeRequest post() {
      return FakeRequest.of("POST", PATH).header("Accept", "text/html");
    }

    private void assertEnded(FakeResponse response) throws Exception {
      assertThat(response.status()).isEqualTo(303);
      assertThat(response.header("Location"))
          .isEqualTo("https://app.example/shop/gatehouse/logged-out");
      assertThat(browser.session()).isNull();
      var page = browser.open("/shop/gatehouse/logged-out");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("Cache-Control")).isEqualTo("no-store");
      assertThat(page.body())
          .contains("You are logged out", "https://app.example/shop/gatehouse/login");
    }

    private void assertNothingDone(FakeResponse response, int status) throws Exception {
      assertThat(browser.session()).isNotNull();
      refusals.assertRefused(browser, response, status);
    }

    @ParameterizedTest
    @CsvSource({
      "Sec-Fetch-Site, same-origin",
      "Sec-Fetch-Site, none",
      "Origin, https://app.example"
    })
    void aPostFromOurOwnPagesEndsTheSession(String name, String value) throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      assertEnded(browser.send(post().header(name, value)));
    }

    @ParameterizedTest
    @CsvSource({
      "Sec-Fetch-Site, cross-site",
      "Sec-Fetch-Site, same-site",
      "Sec-Fetch-Site, ''",
      "Sec-Fetch-Site, SAME-ORIGIN",
      "Origin, https://evil.example",
      "Origin, https://app.example.evil.example",
      "Origin, https://app.example:444",
      "Origin, http://app.example",
      "Origin, https://app.example/",
      "Origin, https://app.example/shop",
      "Origin, null",
      "Origin, ''",
      "X-Other, x"
    })
    void aPostFromElsewhereDoesNothing(String name, String value) throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      assertNothingDone(browser.send(post().header(name, value)), 403);
    }

    @Tag("case-117")
    @ParameterizedTest
    @CsvSource({
      "Origin, https://app.example, Sec-Fetch-Site, same-origin, 303",
      "Origin, null, Sec-Fetch-Site, same-origin, 303",
      "Origin, https://app.example, Sec-Fetch-Site, cross-site, 403",
      "Origin, https://evil.example, Sec-Fetch-Site, none, 403",
      "Origin, https://evil.example, Sec-Fetch-Site, same-origin, 403",
      "Origin, null, Sec-Fetch-Site, none, 403",
      "Origin, https://app.example, Origin, https://evil.example, 403",
      "Sec-Fetch-Site, same-origin, Sec-Fetch-Site, cross-site, 403"
    })
    void contradictingEvidenceDoesNothing(
        String name, String value, String otherName, String otherValue, int status)
        throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      var response = browser.send(post().header(name, value).header(otherName, otherValue));
      if (status == 303) {
        assertEnded(response);
      } else {
        assertNothingDone(response, status);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example:443/shop", "https://APP.example/shop"})
    void theOriginIsThatOfThePublicUrlInWhateverSpelling(String publicUrl) throws Exception {
      try (var other = deployed(configuration().with(Property.PUBLIC_URL, publicUrl))) {
        browser = new Browser(other);
        browser.keepSession(LoggedIn.session(clock));
        browser.send(post().header("Origin", "https://app.example"));
        assertThat(browser.session()).isNull();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void otherMethodsDoNothing(String method) throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      var request = FakeRequest.of(method, PATH).header("Sec-Fetch-Site", "same-origin");
      var response = browser.send(request);
      assertNothingDone(response, 405);
      assertThat(response.header("Allow")).isEqualTo("POST");
    }

    @Test
    void endsASessionWhoseTokensHaveExpiredToo() throws Exception {
      browser.keepSession(LoggedIn.session(clock));
      clock.advance(Duration.ofDays(1));
      assertEnded(browser.send(post().header("Sec-Fetch-Site", "same-origin")));
    }

    @Test
    void isNoErrorForWhoIsNotLoggedIn() throws Exception {
      assertEnded(browser.send(post().header("Sec-Fetch-Site", "same-origin")));
    }

    @Tag("case-65")
    @Test
    void isNoErrorIfAnotherRequestEndsTheSession() throws Exception {
      browser.keepSession(LoggedIn.session(clock).endedMeanwhile());
      assertEnded(browser.send(post().header("Sec-Fetch-Site", "same-origin")));
    }

    @Test
    void forgetsTheTriesBeforeIt() throws Exception {
      var response = browser.send(post().header("Sec-Fetch-Site", "same-origin"));
      assertThat(response.cookies()).hasSize(1);
      assertThat(response.cookies().get(0).getName()).endsWith("-tries");
      assertThat(response.cookies().get(0).getMaxAge()).isZero();
    }

    @Test
    void leadsToTheRootIfThatIsPublic() throws Exception {
      try (var open = deployed(configuration().with(Property.PUBLIC_PATHS, "/"))) {
        browser = new Browser(open);
        browser.keepSession(LoggedIn.session(clock));
        var response = browser.send(post().header("Sec-Fetch-Site", "same-origin"));
        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location")).isEqualTo("https://app.example/shop/");
        assertThat(browser.session()).isNull();
      }
    }
  }
}
