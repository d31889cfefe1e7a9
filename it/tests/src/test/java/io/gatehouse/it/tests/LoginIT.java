package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole login, on real servers: with the behavior of the Verifier's two lines and with a
 * secret.
 */
@ExtendWith(Servers.Parameter.class)
class LoginIT {
  private final Servers servers;

  LoginIT(Servers servers) {
    this.servers = servers;
  }

  @BeforeEach
  void resetCounts() {
    servers.verifierOf(Servers.V2).reset();
    servers.verifierOf(Servers.V3).reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  void endsOnThePageFirstAskedForWithItsQuery(String context) {
    var browser = new Browser();
    var page = servers.page(context, "/account?tab=powers&note=%C3%B1%20a%2Bb");

    var wallet = browser.open(page);
    assertThat(wallet.body()).contains("Verifier stand-in");
    var back = browser.follow(browser.choose(wallet, "product-manager"));

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).contains("Alex Example").contains("id=\"powers\"");
    assertThat(servers.verifierOf(context).calls().getJsonArray("violations")).isEmpty();
    assertThat(servers.verifierOf(context).calls().getInt("token")).isEqualTo(1);
    assertThat(browser.loginCookies(page)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  void givesTheApplicationTokensThatTheServersApiAccepts(String context) {
    var browser = new Browser();
    browser.logIn(servers.page(context, "/account"), "auditor");

    var tokens = browser.open(servers.page(context, "/account?tab=tokens")).body();
    var api = browser.open(servers.page(context, "/account?tab=api")).body();

    assertThat(tokens).contains("Robin Sample").contains("id=\"access-token\"");
    assertThat(api).contains("id=\"offerings\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {Servers.V2, Servers.V3, Servers.HMAC})
  void keepsNothingBeforeItHasEnded(String context) {
    var browser = new Browser();
    var page = servers.page(context, "/account");

    var redirect = browser.get(page);

    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(redirect.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(browser.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(browser.loginCookies(page)).hasSize(1);
    assertThat(redirect.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=900");
  }

  @Test
  void startsFromTheLoginLinkAndEndsOnTheLandingPage() {
    var browser = new Browser();

    var page = browser.logIn(servers.page(Servers.V3, "/gatehouse/login"), "product-manager");

    assertThat(page.uri()).isEqualTo(servers.page(Servers.V3, "/account"));
    assertThat(page.body()).contains("Alex Example");
  }

  @Test
  void tellsThePublicPageWhoIsLoggedIn() {
    var browser = new Browser();
    var start = servers.page(Servers.V3, "/");
    assertThat(browser.open(start).body()).doesNotContain("Alex Example");

    browser.logIn(servers.page(Servers.V3, "/account"), "product-manager");

    assertThat(browser.open(start).body()).contains("Alex Example");
  }
}
