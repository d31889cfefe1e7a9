package io.gatehouse.internal.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import io.gatehouse.filter.FakeResponse;
import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.LoginKeys;
import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.protocol.TestClients;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookies of pending logins. */
class LoginCookiesTest {
  private static WantedPage to(String returnPath) {
    return new WantedPage(returnPath, RequestedAuthentication.ANY);
  }

  private static final String URL = "https://app.example/shop";
  private static final String LOOPBACK = "http://localhost:8080/shop";
  private static final String PREFIX =
      "__Host-gatehouse-" + CookieTag.of("issuer/gatehouse", URL) + "-";

  private final AdjustableClock clock = new AdjustableClock();
  private final LoginKeyRing ring = ring("shop");
  private final LoginCookies cookies = new LoginCookies(ring, "issuer", "/gatehouse");

  private LoginKeyRing ring(String clientId) {
    var random = new FixedRandom();
    var material = "material".getBytes(StandardCharsets.UTF_8);
    var keys =
        new LoginKeys(
            material, TestClients.named(ValidConfiguration.ISSUER, clientId), URL, random);
    return new LoginKeyRing(
        List.of(keys), random, clock, Duration.ofMinutes(5), Duration.ofSeconds(60));
  }

  private Cookie begun(PendingLogin login, String url, String returnPath) {
    var response = new FakeResponse();
    cookies.add(
        FakeRequest.get("/").http(), response.http(), url, login, to(returnPath), Optional.empty());
    assertThat(response.cookies()).hasSize(1);
    return response.cookies().get(0);
  }

  @Test
  void keepsOfTheRequestWhatTheIdTokenMustConfirm() {
    var login = ring.begin();
    var response = new FakeResponse();
    var requested =
        new RequestedAuthentication(
            "gold", Optional.of(Duration.ofMinutes(5)), "login", "es", "alice@example.com");
    cookies.add(
        FakeRequest.get("/").http(),
        response.http(),
        URL,
        login,
        new WantedPage("/orders", requested),
        Optional.empty());
    var found = cookies.find(request(response.cookies().get(0)).http(), URL, login.cookieSuffix());
    assertThat(found.orElseThrow().requested())
        .isEqualTo(
            new RequestedAuthentication(
                "gold", Optional.of(Duration.ofMinutes(5)), "login", "", ""));
    assertThat(found.orElseThrow().returnPath()).hasValue("/orders");
  }

  private static FakeRequest request(Cookie... sent) {
    var request = FakeRequest.get("/");
    for (var cookie : sent) {
      request.cookie(cookie.getName(), cookie.getValue());
    }
    return request;
  }

  @Tag("case-90")
  @Test
  void onHttpsTheCookieIsBoundToTheHostAndHiddenFromScripts() {
    var login = ring.begin();
    var cookie = begun(login, URL, "/orders");
    assertThat(cookie.getName()).isEqualTo(PREFIX + login.cookieSuffix());
    assertThat(cookie.getSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.getMaxAge()).isEqualTo(300 + 10 * 60);
    assertThat(cookie.getValue()).matches("[0-9a-z]{6}\\.[A-Za-z0-9_-]+").doesNotContain("orders");
  }

  @Tag("case-90")
  @Test
  void onHttpItHasNeitherPrefixNorSecure() {
    var login = ring.begin();
    var cookie = begun(login, LOOPBACK, "/orders");
    assertThat(cookie.getName())
        .isEqualTo(
            "gatehouse-" + CookieTag.of("issuer/gatehouse", LOOPBACK) + "-" + login.cookieSuffix());
    assertThat(cookie.getSecure()).isFalse();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
  }

  @Test
  void theBrowserThatBeganALoginHasItsReturnPath() {
    var login = ring.begin();
    var cookie = begun(login, URL, "/orders?id=7&x=%2F");
    var found = cookies.find(request(cookie).http(), URL, login.cookieSuffix()).orElseThrow();
    assertThat(found.returnPath()).hasValue("/orders?id=7&x=%2F");
    assertThat(found.tries()).isZero();
    assertThat(found.expired()).isFalse();
    assertThat(found.login().cookieSuffix()).isEqualTo(login.cookieSuffix());
  }

  @Tag("case-29")
  @Test
  void aBrowserWithoutThatCookieHasNone() {
    var login = ring.begin();
    var other = begun(ring.begin(), URL, "/orders");
    assertThat(cookies.find(request().http(), URL, login.cookieSuffix())).isEmpty();
    assertThat(cookies.find(request(other).http(), URL, login.cookieSuffix())).isEmpty();
  }

  @Tag("case-31")
  @Test
  void aLoginExpiresAtItsTimeoutAndNotASecondBefore() {
    var login = ring.begin();
    var request = request(begun(login, URL, "/")).http();
    clock.advance(Duration.ofSeconds(299));
    assertThat(cookies.find(request, URL, login.cookieSuffix()).orElseThrow().expired()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(cookies.find(request, URL, login.cookieSuffix()).orElseThrow().expired()).isTrue();
  }

  @Tag("case-90")
  @Test
  void aDoubledCookieIsRefusedSinceOneOfThemWasPlanted() {
    var login = ring.begin();
    var genuine = begun(login, URL, "/");
    var planted = new Cookie(genuine.getName(), "planted");
    for (var request :
        List.of(request(genuine, planted), request(planted, genuine), request(genuine, genuine))) {
      assertThat(cookies.find(request.http(), URL, login.cookieSuffix())).isEmpty();
    }
  }

  /** Undertow shows only the first of two cookies. */
  @Tag("case-90")
  @Test
  void aDoubledCookieIsRefusedAlsoWhereTheContainerShowsOneOfThem() {
    var login = ring.begin();
    var genuine = begun(login, URL, "/");
    var planted = "; " + genuine.getName() + "=planted";
    var another = "; " + genuine.getName() + "-more=planted";

    var doubled = request(genuine).header("Cookie", "a=b" + planted).http();
    var single = request(genuine).header("Cookie", "a=b" + another).http();

    assertThat(cookies.find(doubled, URL, login.cookieSuffix())).isEmpty();
    assertThat(cookies.find(single, URL, login.cookieSuffix())).isPresent();
  }

  @Tag("case-30")
  @Test
  void everyFlippedCharacterIsRefused() {
    var login = ring.begin();
    var genuine = begun(login, URL, "/orders");
    for (int i = 0; i < genuine.getValue().length(); i++) {
      var value = new StringBuilder(genuine.getValue());
      value.setCharAt(i, value.charAt(i) == 'A' ? 'B' : 'A');
      var forged = new Cookie(genuine.getName(), value.toString());
      assertThat(cookies.find(request(forged).http(), URL, login.cookieSuffix())).isEmpty();
    }
  }

  @Tag("case-30")
  @Test
  void aCutOrLengthenedCookieIsRefused() {
    var login = ring.begin();
    var genuine = begun(login, URL, "/orders");
    var value = genuine.getValue();
    for (int end = 0; end < value.length(); end++) {
      var cut = new Cookie(genuine.getName(), value.substring(0, end));
      assertThat(cookies.find(request(cut).http(), URL, login.cookieSuffix())).isEmpty();
    }
    for (var more : List.of("A", "AA", "AAAA", "=", "%3D", " ")) {
      var longer = new Cookie(genuine.getName(), value + more);
      assertThat(cookies.find(request(longer).http(), URL, login.cookieSuffix())).isEmpty();
    }
  }

  @Tag("case-30")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example",
        "https://app.example/shop2",
        "https://other.example/shop",
        "https://app.example:444/shop"
      })
  void aCookieOfAnotherHostOrApplicationIsRefused(String otherUrl) {
    var login = ring.begin();
    var value = begun(login, URL, "/orders").getValue();
    var genuine = begun(login, otherUrl, "/orders");
    var moved = new Cookie(genuine.getName(), value);
    assertThat(cookies.find(request(genuine).http(), otherUrl, login.cookieSuffix())).isPresent();
    assertThat(cookies.find(request(moved).http(), otherUrl, login.cookieSuffix())).isEmpty();
  }

  @Tag("case-30")
  @Test
  void aCookieOfAnotherClientOrOwnPathIsRefused() {
    var login = ring.begin();
    var request = request(begun(login, URL, "/orders")).http();
    var suffix = login.cookieSuffix();
    assertThat(new LoginCookies(ring("shop2"), "issuer", "/gatehouse").find(request, URL, suffix))
        .isEmpty();
    assertThat(new LoginCookies(ring, "issuer", "/other").find(request, URL, suffix)).isEmpty();
    assertThat(new LoginCookies(ring, "other issuer", "/gatehouse").find(request, URL, suffix))
        .isEmpty();
  }

  @Tag("case-30")
  @Test
  void aHandleOrAPageIsNoLogin() {
    var login = ring.begin();
    var name = PREFIX + login.cookieSuffix();
    var time = HostCookie.time(login) + ".";
    var handle = new Cookie(name, time + login.handle(URL + "/gatehouse/callback", "0/"));
    assertThat(cookies.find(request(handle).http(), URL, login.cookieSuffix())).isEmpty();
    var page = new Cookie(name, time + login.cookie(URL + "/gatehouse/callback#page", "0/"));
    assertThat(cookies.find(request(page).http(), URL, login.cookieSuffix())).isEmpty();
    var ofPage = ReturnPages.value(login, URL + "/gatehouse/callback", "0/");
    var moved = new Cookie(name, time + ofPage.substring(ofPage.lastIndexOf('.') + 1));
    assertThat(cookies.find(request(moved).http(), URL, login.cookieSuffix())).isEmpty();
    var same = new Cookie(name, time + login.cookie(URL + "/gatehouse/callback", "0/"));
    assertThat(cookies.find(request(same).http(), URL, login.cookieSuffix())).isPresent();
  }

  @Tag("case-30")
  @ParameterizedTest
  @ValueSource(strings = {"", "/", "10/", "x/", "0orders", "0https://evil.example"})
  void aDetailOfAnotherVersionIsRefused(String detail) {
    var login = ring.begin();
    var name = PREFIX + login.cookieSuffix();
    var sealed = login.cookie(URL + "/gatehouse/callback", detail);
    var cookie = new Cookie(name, HostCookie.time(login) + "." + sealed);
    assertThat(cookies.find(request(cookie).http(), URL, login.cookieSuffix())).isEmpty();
  }

  /** Begins logins in one browser, a second apart. */
  private Map<String, String> jarAfter(int logins, String returnPath) {
    var jar = new LinkedHashMap<String, String>();
    for (int i = 0; i < logins; i++) {
      var request = FakeRequest.get("/");
      jar.forEach(request::cookie);
      var response = new FakeResponse();
      cookies.add(
          request.http(), response.http(), URL, ring.begin(), to(returnPath), Optional.empty());
      for (var cookie : response.cookies()) {
        if (cookie.getMaxAge() == 0) {
          jar.remove(cookie.getName());
        } else {
          jar.put(cookie.getName(), cookie.getValue());
        }
      }
      clock.advance(Duration.ofSeconds(1));
    }
    return jar;
  }

  @Tag("case-33")
  @Test
  void ofTwentyLoginsTheSixNewestAreKept() {
    assertThat(jarAfter(6, "/")).hasSize(6);
    var jar = jarAfter(20, "/");
    assertThat(jar).hasSize(6);
    assertThat(jar.values())
        .allSatisfy(
            it ->
                assertThat(
                        ring.openCookie(
                                it.substring(it.indexOf('.') + 1), URL + "/gatehouse/callback")
                            .orElseThrow()
                            .login()
                            .begun())
                    .isAfterOrEqualTo(clock.instant().minusSeconds(6)));
  }

  @Tag("case-33")
  @Test
  void whatNoApplicationHasSetGoesFirst() {
    var request = FakeRequest.get("/");
    var genuine = begun(ring.begin(), URL, "/");
    request.cookie(genuine.getName(), genuine.getValue());
    for (int i = 0; i < 6; i++) {
      request.cookie(PREFIX + "planted00" + i, "x").cookie(PREFIX + "odd.name" + i, "x");
    }
    request.cookie("__Host-gatehouse-other-1", "x").cookie("JSESSIONID", "x");
    clock.advance(Duration.ofSeconds(1));
    var response = new FakeResponse();
    cookies.add(request.http(), response.http(), URL, ring.begin(), to("/"), Optional.empty());
    assertThat(response.cookies().stream().filter(it -> it.getMaxAge() == 0).map(Cookie::getName))
        .hasSize(6)
        .allMatch(it -> it.startsWith(PREFIX + "planted00"));
  }

  @Tag("case-33")
  @Test
  void ofAHundredPlantedCookiesTenAreTakenAwayAtATime() {
    var request = FakeRequest.get("/");
    var genuine = begun(ring.begin(), URL, "/");
    request.cookie(genuine.getName(), genuine.getValue());
    for (int i = 0; i < 100; i++) {
      request.cookie(PREFIX + "planted%03d".formatted(i), "x");
    }
    var response = new FakeResponse();
    cookies.add(request.http(), response.http(), URL, ring.begin(), to("/"), Optional.empty());
    assertThat(response.cookies().stream().filter(it -> it.getMaxAge() == 0).map(Cookie::getName))
        .hasSize(10)
        .allMatch(it -> it.contains("planted"));
  }

  @Test
  void removesACookieInThePlaceWhereItWasSet() {
    var response = new FakeResponse();
    cookies.remove(FakeRequest.get("/").http(), response.http(), URL, "suffix");
    var cookie = response.cookie(PREFIX + "suffix");
    assertThat(cookie.getMaxAge()).isZero();
    assertThat(cookie.getValue()).isEmpty();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getSecure()).isTrue();
  }

  @Tag("case-19")
  @Test
  void countsTriesForAMinute() {
    var response = new FakeResponse();
    cookies.countTry(response.http(), URL, 2);
    var counted = response.cookie(PREFIX + "tries");
    assertThat(counted.getMaxAge()).isEqualTo(60);
    assertThat(cookies.tries(request(counted).http(), URL)).isEqualTo(2);
    assertThat(cookies.tries(request().http(), URL)).isZero();
  }

  @Tag("case-19")
  @Test
  void neverCountsBeyondOneDigit() {
    var response = new FakeResponse();
    cookies.countTry(response.http(), URL, 10);
    assertThat(response.cookie(PREFIX + "tries").getValue()).isEqualTo("9");
  }

  @Tag("case-19")
  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "10", "x", "1 ", "\u0661"})
  void aCountThatIsNoneIsZero(String value) {
    var request = FakeRequest.get("/").cookie(PREFIX + "tries", value);
    assertThat(cookies.tries(request.http(), URL)).isZero();
  }

  @Test
  void theLoginRemembersTheTriesBeforeIt() {
    var login = ring.begin();
    var response = new FakeResponse();
    var request = FakeRequest.get("/").cookie(PREFIX + "tries", "2");
    cookies.add(request.http(), response.http(), URL, login, to("/"), Optional.empty());
    var found = cookies.find(request(response.cookies().get(0)).http(), URL, login.cookieSuffix());
    assertThat(found.orElseThrow().tries()).isEqualTo(2);
  }

  @Test
  void twoApplicationsOnOneHostHaveTagsOfTheirOwn() {
    var tag = CookieTag.of("shop", URL);
    assertThat(tag).matches("[a-z0-9]+").isEqualTo(CookieTag.of("shop", URL));
    assertThat(tag).isNotEqualTo(CookieTag.of("blog", URL));
    assertThat(tag).isNotEqualTo(CookieTag.of("shop", "https://app.example/blog"));
  }
}
