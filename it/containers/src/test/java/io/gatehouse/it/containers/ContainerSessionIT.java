package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Refused;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session and the cookies, as each container writes them. */
@OnEveryContainer
class ContainerSessionIT {
  private static final String SESSION = "JSESSIONID";

  private final URI page = Application.BARE.page("/who");
  private final URI session = Application.BARE.page("/session");
  private final URI openSession = Application.BARE.page("/open/session");
  private final Browser browser = new Browser();

  private static String id(Browser browser) {
    return Objects.requireNonNull(browser.cookies(Application.BARE.page("/")).get(SESSION));
  }

  private static Browser with(String sessionId) {
    var browser = new Browser();
    browser.cookies(Application.BARE.page("/")).put(SESSION, sessionId);
    return browser;
  }

  @Test
  @Tag("case-63")
  void aPlantedSessionIsDeadAfterTheLogInAndNothingOfItIsLeft() {
    browser.send("POST", openSession, "a=b");
    var planted = id(browser);
    assertThat(with(planted).get(openSession).body()).contains("planted before login");

    assertThat(browser.logIn(page, "auditor").body()).contains("subject did:key:");

    assertThat(id(browser)).isNotEqualTo(planted);
    assertThat(browser.get(session).body()).contains("planted null");
    assertThat(with(planted).get(openSession).body()).contains("no session");
    assertThat(with(planted).get(page).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-63")
  void anIdThatTheContainerDidNotGiveIsNeverTheSessions() {
    var invented = "0123456789ABCDEF0123456789ABCDEF";
    browser.cookies(page).put(SESSION, invented);

    browser.logIn(page, "auditor");

    assertThat(id(browser)).isNotEqualTo(invented).doesNotStartWith(invented);
    assertThat(with(invented).get(page).statusCode()).isEqualTo(302);
  }

  @Test
  @Tag("case-63")
  void theIdIsInNoAddressAndCountsForNothingThere() {
    var begun = browser.send("POST", openSession, "a=b");
    assertThat(begun.body()).contains("link ").doesNotContain("jsessionid");
    var landed = browser.choose(browser.open(page), "auditor");
    var back = browser.get(Browser.location(landed));
    assertThat(Browser.location(back).toString()).doesNotContain("jsessionid");
    assertThat(browser.get(session).body()).contains("link ").doesNotContain("jsessionid");

    var fromUrl = new Browser().get(URI.create(page + ";jsessionid=" + id(browser)));

    assertThat(fromUrl.statusCode()).isEqualTo(302);
    assertThat(Browser.location(fromUrl).toString()).startsWith(Servers.standIn().issuer());
  }

  @Test
  @Tag("case-63")
  @Tag("case-90")
  void noScriptReadsTheSessionCookie() {
    var back = browser.get(Browser.location(browser.choose(browser.open(page), "auditor")));

    var cookies = cookies(back, SESSION);
    assertThat(cookies).isNotEmpty();
    assertThat(cookies.get(cookies.size() - 1)) // the last one counts
        .contains("; httponly;", "; path=" + Container.sessionCookiePath() + ";")
        .matches(
            it -> it.contains("; samesite=lax") == Container.writesSameSiteOfSessions(),
            "has SameSite=Lax: " + Container.writesSameSiteOfSessions());
  }

  @Test
  @Tag("case-90")
  void theLogInsCookieIsSentWithTheServersRedirectAndReadByNoScript() {
    assertThat(cookies(browser.get(page), "gatehouse-"))
        .singleElement()
        .asString()
        .contains("; httponly", "; samesite=lax", "; path=/;")
        .containsAnyOf("; max-age=900", "; expires="); // Liberty writes the second only
  }

  private static List<String> cookies(HttpResponse<?> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(it -> it.startsWith(name))
        .map(it -> it.toLowerCase(Locale.ROOT) + ";")
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%1$s=planted; %1$s=%2$s", "%1$s=%2$s; %1$s=planted"})
  @Tag("case-90")
  void aLogInsCookieThatIsThereTwiceIsNone(String format) {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));
    var name = browser.loginCookies(page).get(0);
    var value = Objects.requireNonNull(browser.cookies(page).get(name));

    var twice = raw(callback, format.formatted(name, value));
    var once = raw(callback, name + "=" + value);

    assertThat(twice).startsWith("HTTP/1.1 400").doesNotContain(SESSION);
    assertThat(once).startsWith("HTTP/1.1 303").contains(SESSION);
  }

  private static String raw(URI address, String cookies) {
    return RawRequest.send(
        "GET",
        address.getRawPath() + "?" + address.getRawQuery(),
        "Accept: text/html",
        "Sec-Fetch-Mode: navigate",
        "Cookie: " + cookies);
  }

  @Test
  @Tag("case-36")
  void aLogInOverAnotherUsersSessionIsASessionOfItsOwn() {
    var first = new Browser();
    first.logIn(page, "product-manager");
    var subject = first.get(page).body();
    first.send("POST", session, "a=b");
    assertThat(first.get(session).body()).contains("planted before login");
    var wallet = browser.open(page);
    browser.cookies(page).put(SESSION, id(first));

    var landed = browser.follow(browser.choose(wallet, "auditor"));

    assertThat(landed.body()).contains("subject did:key:").isNotEqualTo(subject);
    assertThat(id(browser)).isNotEqualTo(id(first));
    assertThat(browser.get(session).body()).contains("planted null");
    assertThat(first.get(page).statusCode()).as("the first user").isEqualTo(302);
  }

  @Test
  @Tag("case-19")
  void aBrowserThatKeepsNoSessionCookieIsToldSoAfterThreeLogIns() {
    for (int i = 0; i < 3; i++) {
      var redirect = browser.get(page);
      assertThat(redirect.statusCode()).isEqualTo(302);
      var wallet = browser.follow(redirect);
      var back = browser.get(Browser.location(browser.choose(wallet, "auditor")));
      assertThat(back.statusCode()).isEqualTo(303);
      browser.cookies(page).remove(SESSION);
    }

    Refused.assertRefused(browser.get(page), 400, browser);
  }

  /** The login of a browser without any cookies ends at the callback, which redirects nowhere. */
  @Test
  @Tag("case-19")
  void aBrowserThatKeepsNoCookieAtAllGoesRoundOnce() {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));
    browser.cookies(page).clear();

    Refused.assertRefused(browser.get(callback), 400, browser);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1000})
  @Tag("case-33")
  void ofTwentyLogInsTheNewestEndWellAndTheirCookiesFitIntoARequest(int longer) {
    var longPage = URI.create(page + "?" + "x".repeat(longer));
    var wallets = new ArrayList<HttpResponse<String>>();
    for (int i = 0; i < 20; i++) {
      wallets.add(browser.open(longPage));
      assertThat(browser.loginCookies(page)).hasSizeLessThanOrEqualTo(7); // with a page
      assertThat(browser.cookies(page).toString()).hasSizeLessThan(8 * 1024);
    }

    var landed = browser.follow(browser.choose(wallets.get(19), "auditor"));
    assertThat(landed.body()).contains("subject did:key:");
  }

  /** A sibling site of the domain can plant cookies, unless they are bound to the host. */
  @Test
  @Tag("case-33")
  @Tag("case-90")
  void aHundredPlantedCookiesKeepNobodyFromLoggingIn() {
    browser.get(page);
    var name = browser.loginCookies(page).get(0);
    var prefix = name.substring(0, name.length() - 10);
    for (int i = 0; i < 100; i++) {
      browser.cookies(page).put(prefix + "planted%03d".formatted(i), "x");
    }

    assertThat(browser.logIn(page, "auditor").body()).contains("subject did:key:");
  }

  @Test
  void aLogOutEndsTheSession() {
    browser.logIn(page, "auditor");
    var ended = id(browser);
    browser.with("Sec-Fetch-Site", "same-origin");

    var after = browser.send("POST", Application.BARE.page("/gatehouse/logout"), "");

    assertThat(after.statusCode()).isEqualTo(303);
    assertThat(browser.get(page).statusCode()).isEqualTo(302);
    assertThat(with(ended).get(page).statusCode()).isEqualTo(302);
  }
}
