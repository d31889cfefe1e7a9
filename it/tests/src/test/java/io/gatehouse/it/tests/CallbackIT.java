package io.gatehouse.it.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Refusal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The answers that may arrive at the callback besides the valid one, over HTTP. */
@ExtendWith(Servers.Parameter.class)
class CallbackIT {
  private static final String CONTEXT = Servers.V3;

  private static final String UNKNOWN = "no login of this browser has this state";

  private final Servers servers;
  private final URI account;

  CallbackIT(Servers servers) {
    this.servers = servers;
    this.account = servers.page(CONTEXT, "/account?tab=profile");
  }

  @BeforeEach
  void resetCounts() {
    servers.verifierOf(CONTEXT).reset();
  }

  private int tokenCalls() {
    return servers.verifierOf(CONTEXT).calls().getInt("token");
  }

  /** Returns the callback that the browser is about to follow. */
  private URI callbackOf(Browser browser) {
    return Browser.location(browser.choose(browser.open(account), "product-manager"));
  }

  @Test
  @Tag("case-33")
  void finishesThreeTabsEachOnItsOwnPage() {
    var browser = new Browser();
    var pages =
        IntStream.rangeClosed(1, 3)
            .mapToObj(it -> servers.page(CONTEXT, "/account?tab=profile&n=" + it))
            .toList();
    var wallets = new ArrayList<HttpResponse<String>>();
    pages.forEach(it -> wallets.add(browser.open(it)));

    for (int i = 0; i < pages.size(); i++) {
      var page = browser.follow(browser.choose(wallets.get(i), "product-manager"));
      assertThat(page.uri()).isEqualTo(pages.get(i));
      assertThat(page.body()).contains("Alex Example");
    }
    assertThat(tokenCalls()).isEqualTo(3);
  }

  @Test
  @Tag("case-33")
  void keepsAtMostSixLoginCookiesAndTheNewestStillWorks() {
    var browser = new Browser();
    for (int i = 0; i < 19; i++) {
      browser.get(account);
      assertThat(browser.loginCookies(account)).hasSizeLessThanOrEqualTo(6);
    }

    assertThat(browser.logIn(account, "auditor").body()).contains("Robin Sample");
  }

  @Test
  @Tag("case-32")
  void leadsBackFromAUsedCallbackToAPageWithoutAnotherTokenCall() {
    var browser = new Browser();
    var callback = callbackOf(browser);
    browser.open(callback);

    var again = browser.open(callback);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("Alex Example");
    assertThat(tokenCalls()).isEqualTo(1);
  }

  @Test
  @Tag("case-32")
  void offersANewStartFromAUsedCallbackWhenTheSessionIsOver() {
    var browser = new Browser();
    var callback = callbackOf(browser);
    browser.open(callback);
    browser.cookies(account).remove("JSESSIONID");

    var again = browser.open(callback);

    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("/gatehouse/login").doesNotContain("Exception");
    assertThat(tokenCalls()).isEqualTo(1);
  }

  @Test
  @Tag("case-29")
  void refusesTheCallbackOfAnotherBrowser() {
    var victim = new Browser();
    var attackersCallback = callbackOf(new Browser());

    assertRefused(victim, attackersCallback, UNKNOWN);
    assertThat(victim.cookies(account)).doesNotContainKey("JSESSIONID");
    assertThat(tokenCalls()).isZero();
  }

  @Test
  @Tag("case-28")
  void refusesAStateThatIsNotThisLogins() {
    var browser = new Browser();
    var callback = callbackOf(browser);
    var other = callback.toString().contains("state=_") ? "A" : "_";
    var forged = URI.create(callback.toString().replaceFirst("state=.", "state=" + other));

    assertRefused(browser, forged, UNKNOWN);
    assertThat(tokenCalls()).isZero();
    assertThat(browser.open(callback).body()).as("the login itself").contains("Alex Example");
  }

  @Test
  @Tag("case-30")
  void refusesALoginCookieThatWasChanged() {
    var browser = new Browser();
    var callback = callbackOf(browser);
    var name = browser.loginCookies(account).get(0);
    browser.cookies(account).computeIfPresent(name, (it, value) -> "B" + value.substring(1));

    var begun = browser.loginCookies(account).size();
    assertRefused(browser, callback, UNKNOWN);
    assertThat(begun).isEqualTo(1);
    assertThat(browser.cookies(account)).doesNotContainKey(name);
    assertThat(tokenCalls()).isZero();
  }

  @Test
  @Tag("case-34")
  void refusesAnIssuerThatIsNotTheServers() {
    var browser = new Browser();
    var callback = URI.create(callbackOf(browser) + "&iss=https%3A%2F%2Fattacker.example");

    assertRefused(browser, callback, "iss is not the server's (RFC 9207 2.4)");
    assertThat(tokenCalls()).isZero();
  }

  @Test
  @Tag("case-38")
  void refusesDoubledParameters() {
    var browser = new Browser();
    var callback = callbackOf(browser);
    var doubled = URI.create(callback + "&" + callback.getRawQuery());

    assertRefused(browser, doubled, "is there twice (RFC 6749 3.1)");
    assertThat(tokenCalls()).isZero();
  }

  @Test
  @Tag("case-35")
  void refusesACodeThatWasIssuedForAnotherLogin() {
    var attacker = new Browser();
    var stolen = callbackOf(new Browser()).getRawQuery().replaceFirst("&state=.*", "");
    var own = callbackOf(attacker);
    var injected = URI.create(own.toString().replaceFirst("code=[^&]+", stolen));

    Refusal.expected(witness(), 400, "not-completed: ").calls("token", 1).of(attacker, injected);

    assertThat(attacker.cookies(account)).doesNotContainKey("JSESSIONID");
  }

  @Test
  @Tag("case-41")
  void touchesNothingForAPrefetchOrAnotherMethod() {
    var browser = new Browser();
    var callback = callbackOf(browser);

    for (var method : new String[] {"HEAD", "POST", "PUT", "OPTIONS"}) {
      assertThat(browser.send(method, callback, "").statusCode()).as(method).isEqualTo(405);
    }
    browser.with("Sec-Purpose", "prefetch");
    assertThat(browser.get(callback).statusCode()).isEqualTo(204);
    browser.without("Sec-Purpose");

    assertThat(tokenCalls()).isZero();
    assertThat(browser.open(callback).body()).contains("Alex Example");
  }

  @Test
  @Tag("case-42")
  void redeemsTheCodeOnceForTenCallbacksAtOnce() throws Exception {
    var browser = new Browser();
    var callback = callbackOf(browser);
    var threads = Executors.newFixedThreadPool(10);
    try {
      Callable<Integer> call = () -> browser.get(callback).statusCode();
      for (var status : threads.invokeAll(Collections.nCopies(10, call))) {
        assertThat(status.get()).isEqualTo(303);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(tokenCalls()).isEqualTo(1);
    assertThat(browser.open(account).body()).contains("Alex Example");
  }

  @Test
  @Tag("case-36")
  @Tag("case-63")
  void givesANewSessionWhenAnotherUserLogsInOverTheFirst() {
    var browser = new Browser();
    browser.logIn(account, "product-manager");
    var first = browser.cookies(account).get("JSESSIONID");
    var other = new Browser();
    var wallet = other.open(account);
    other.cookies(account).put("JSESSIONID", first);

    var page = other.follow(other.choose(wallet, "auditor"));

    assertThat(page.body()).contains("Robin Sample").doesNotContain("Alex Example");
    assertThat(other.cookies(account).get("JSESSIONID")).isNotEqualTo(first);
    assertThat(browser.get(account).statusCode()).as("the first session").isEqualTo(302);
  }

  @Test
  @Tag("case-63")
  void neverTakesASessionIdThatWasPlanted() {
    var browser = new Browser();
    browser.cookies(account).put("JSESSIONID", "0123456789abcdef0123456789ab");

    browser.logIn(account, "auditor");

    assertThat(browser.cookies(account).get("JSESSIONID"))
        .isNotEqualTo("0123456789abcdef0123456789ab");
  }

  @Test
  @Tag("case-39")
  void explainsADenialInTheUsersLanguage() {
    var english = new Browser();
    var spanish = new Browser().with("Accept-Language", "es-ES,es;q=0.9");

    var denied = english.logIn(account, "revoked");
    var denegado = spanish.logIn(account, "revoked");

    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("lang=\"en\"", "You were not logged in");
    assertThat(denegado.body()).contains("lang=\"es\"", "No se ha iniciado sesión");
    assertThat(tokenCalls()).isZero();
  }

  @Test
  @Tag("case-18")
  void writesTheReferenceOfThePageIntoTheLog() {
    var page = new Browser().get(servers.page(CONTEXT, "/gatehouse/callback?code=x&state=y"));

    var reference = page.body().replaceAll("(?s).*<code>([a-z2-9]+)</code>.*", "$1");

    assertThat(reference).hasSize(10);
    assertThat(servers.payara().process().output()).contains("[" + reference + "]");
  }

  @Test
  @Tag("case-89")
  void writesNoCodeStateOrCookieIntoTheLog() {
    var browser = new Browser();
    var good = callbackOf(browser);
    var cookie = browser.cookies(account).get(browser.loginCookies(account).get(0));
    browser.open(good);
    var other = new Browser();
    var invented =
        URI.create(callbackOf(other).toString().replaceFirst("code=[^&]+", "code=canary"));
    other.get(invented);

    var log = servers.payara().process().output();

    assertThat(log).contains("not-completed").doesNotContain("canary", String.valueOf(cookie));
    for (var callback : List.of(good, invented)) {
      for (var pair : callback.getRawQuery().split("&", -1)) {
        assertThat(log).doesNotContain(pair.substring(pair.indexOf('=') + 1));
      }
    }
  }

  private SampleWitness witness() {
    return new SampleWitness(servers, CONTEXT);
  }

  private void assertRefused(Browser browser, URI callback, String reason) {
    var page = Refusal.expected(witness(), 400, reason).of(browser, callback);

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
  }
}
