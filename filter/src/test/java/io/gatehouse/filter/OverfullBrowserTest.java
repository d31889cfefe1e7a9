package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.config.Property;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser whose headers leave little room for login cookies, or none. */
@Tag("case-33")
@Tag("case-125")
class OverfullBrowserTest {
  // Of another application on the host, which this one cannot open; it began in 2023.
  private static final String OF_BLOG = "__Host-gatehouse-blog-aaaaaaaaaa";

  private final AdjustableClock clock = new AdjustableClock();
  private final FakeAuthorizationServer server;
  private final Deployment application;
  private final Browser browser;

  OverfullBrowserTest() throws Exception {
    server = new FakeAuthorizationServer(clock);
    application =
        new Deployment(
            server
                .endpointsOf(ValidConfiguration.ofVerifier())
                .with(Property.PUBLIC_PATHS, "/about")
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

  private static List<String> removed(FakeResponse response) {
    return response.cookies().stream()
        .filter(it -> it.getMaxAge() == 0)
        .map(Cookie::getName)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/shop/about",
        "/shop/orders",
        "/shop/orders;a=b",
        "/shop/gatehouse/callback?code=a",
        "/shop/gatehouse/login",
        "/shop/gatehouse/jwks",
      })
  void everyAnswerDropsTheLoginsForWhichThereIsNoRoom(String target) throws Exception {
    browser.cookies().put(OF_BLOG, "s00000." + "x".repeat(800));
    assertThat(removed(browser.send(script(target)))).as("within the budget").isEmpty();

    browser.cookies().put("foreign", "x".repeat(6_700));
    var response = browser.send(script(target));

    assertThat(removed(response)).containsExactly(OF_BLOG);
    assertThat(browser.cookies()).containsOnlyKeys("foreign");
    assertThat(response.header("Vary")).as("for a shared cache").isEqualTo("Cookie");
  }

  /** A link of another site may be as long as the container accepts. */
  @Test
  void aLongAddressOfARequestThatHasArrivedCostsNoLogin() throws Exception {
    browser.cookies().put(OF_BLOG, "s00000." + "x".repeat(1_500));
    var target = "/shop/about?" + "x".repeat(6_000);
    assertThat(removed(browser.send(script(target)))).isEmpty();
  }

  private static FakeRequest script(String target) {
    return FakeRequest.get(target).header("Sec-Fetch-Mode", "cors");
  }

  @Test
  void aUsersPageDropsThemToo() throws Exception {
    browser.keepSession(LoggedIn.session(clock));
    browser.cookies().put(OF_BLOG, "s00000." + "x".repeat(3_000));

    var response = browser.open("/shop/orders");

    assertThat(application.reached()).hasSize(1);
    assertThat(removed(response)).containsExactly(OF_BLOG);
  }

  @Test
  void aLoginRemovesACookieOnce() throws Exception {
    browser.cookies().put(OF_BLOG, "s00000." + "x".repeat(3_000));
    assertThat(removed(browser.open("/shop/orders"))).containsExactly(OF_BLOG);
  }

  @Test
  void noLoginBeginsWhoseCallbackWouldNotArrive() throws Exception {
    browser.cookies().put("foreign", "x".repeat(6_500));
    assertThat(browser.open("/shop/orders").status()).isEqualTo(302);
    browser.cookies().keySet().removeIf(it -> !it.equals("foreign"));
    browser.cookies().put("foreign", "x".repeat(7_300));

    var response = browser.open("/shop/orders");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.cookies()).isEmpty();
    assertThat(response.body()).contains("cookies");
  }

  @Test
  void aRemovalHasTheAttributesOfTheCookieThatItRemoves() throws Exception {
    browser.cookies().put(OF_BLOG, "x");
    browser.cookies().put("gatehouse-blog-bbbbbbbbbb", "x");
    var response = browser.open("/shop/orders");
    assertThat(removed(response)).hasSize(2);
    for (var cookie : response.cookies()) {
      assertThat(cookie.getPath()).isEqualTo("/");
      assertThat(cookie.getSecure())
          .as("or browsers ignore the removal")
          .isEqualTo(cookie.getName().startsWith("__Host-"));
    }
  }

  private FakeResponse comeBack(FakeResponse redirect) throws Exception {
    return browser.comeBack(
        "code=" + server.codeFor(redirect) + "&state=" + redirect.parameter("state"));
  }

  @Test
  void aLongPageIsInACookieOfItsOwnAndBothGoAtTheEnd() throws Exception {
    var page = "/shop/orders?" + "x".repeat(1_000);
    var redirect = browser.open(page);
    assertThat(browser.cookies()).hasSize(2);

    assertThat(comeBack(redirect).header("Location")).isEqualTo("https://app.example" + page);
    assertThat(browser.cookies().keySet()).allMatch(it -> it.endsWith("-tries"));
  }

  @Tag("case-126")
  @Test
  void aLoginWhosePageWasReplacedEndsOnTheLandingPage() throws Exception {
    var redirect = browser.open("/shop/orders?" + "x".repeat(1_000));
    browser.cookies().keySet().removeIf(it -> it.contains("-page-"));

    assertThat(comeBack(redirect).header("Location")).isEqualTo("https://app.example/shop/");
  }

  @Tag("case-126")
  @Test
  void aPageOfAnotherLoginIsNotReturnedTo() throws Exception {
    var other = browser.open("/shop/other?" + "x".repeat(300));
    var redirect = browser.open("/shop/orders?" + "x".repeat(300));
    var pages = browser.cookies().keySet().stream().filter(it -> it.contains("-page-")).toList();
    assertThat(pages).hasSize(2);
    var values = pages.stream().map(browser.cookies()::get).toList();
    var sealed = values.stream().map(it -> it.substring(it.lastIndexOf('.'))).toList();
    for (int i = 0; i < 2; i++) {
      var value = values.get(i).substring(0, values.get(i).lastIndexOf('.'));
      browser.cookies().put(pages.get(i), value + sealed.get(1 - i));
    }

    for (var it : List.of(redirect, other)) {
      assertThat(comeBack(it).header("Location")).isEqualTo("https://app.example/shop/");
    }
  }

  @Test
  void ofThreeLongPagesTheOldestIsReplaced() throws Exception {
    var redirects = new ArrayList<FakeResponse>();
    for (int i = 0; i < 3; i++) {
      redirects.add(browser.open("/shop/orders" + i + "?" + "x".repeat(300)));
      clock.advance(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(comeBack(redirects.get(i)).header("Location"))
          .startsWith("https://app.example/shop/" + (i == 0 ? "" : "orders" + i))
          .hasSizeGreaterThan(i == 0 ? 0 : 300);
    }
  }

  /** Eight tabs at once are more than a browser keeps one after another, but they do fit. */
  @Test
  void pagesGoBeforeLoginsThatFit() throws Exception {
    for (int i = 0; i < 10; i++) {
      browser.cookies().put("gatehouse-blog-%010d".formatted(i), "s00000." + "x".repeat(150));
    }
    browser.cookies().put("__Host-gatehouse-page-0", "s00001.a." + "x".repeat(500));
    assertThat(removed(browser.open("/shop/about"))).containsExactly("__Host-gatehouse-page-0");
  }

  @Tag("case-126")
  @Test
  void aPageThatIsThereTwiceIsNotReturnedTo() throws Exception {
    var redirect = browser.open("/shop/orders?" + "x".repeat(1_000));
    var name = browser.cookies().keySet().stream().filter(it -> it.contains("-page-")).findFirst();
    var query = "code=" + server.codeFor(redirect) + "&state=" + redirect.parameter("state");
    var request =
        FakeRequest.navigation("/shop/gatehouse/callback?" + query)
            .header("Cookie", name.orElseThrow() + "=planted")
            .mayBeginSession();

    assertThat(browser.send(request).header("Location")).isEqualTo("https://app.example/shop/");
  }

  @Test
  void theLinkOfAFailedLoginWithoutAPageLeadsToTheLandingPage() throws Exception {
    var redirect = browser.open("/shop/orders?" + "x".repeat(1_000));
    browser.cookies().keySet().removeIf(it -> it.contains("-page-"));

    var failed = browser.comeBack("error=access_denied&state=" + redirect.parameter("state"));

    assertThat(failed.status()).isEqualTo(403);
    assertThat(failed.body().toLowerCase(Locale.ROOT))
        .contains("href=\"https://app.example/shop/\"");
  }
}
