package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.Refusal;
import io.gatehouse.it.servers.Refused;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole login, and the callbacks that complete none. */
@OnEveryContainer
class ContainerLoginIT {
  private final URI page = Application.BARE.page("/who?note=%C3%B1%20a%2Bb");
  private final Browser browser = new Browser();

  @BeforeEach
  void resetCounts() {
    Servers.standIn().reset();
  }

  @Test
  void endsOnThePageFirstAskedForWithItsQuery() {
    var wallet = browser.open(page);
    assertThat(wallet.body()).contains("Verifier stand-in");
    var back = browser.follow(browser.choose(wallet, "product-manager"));

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).contains("subject did:key:");
    assertThat(browser.loginCookies(page)).isEmpty();
  }

  /** The stand-in fetches with java.net.http, which offers HTTP/2 in clear on every first call. */
  @Test
  @Tag("case-20")
  void theServerFetchesTheRequestObjectWhileItOffersHttp2() {
    browser.logIn(page, "auditor");

    var calls = Servers.standIn().calls();
    assertThat(calls.getInt("requestObject")).isEqualTo(1);
    assertThat(calls.getInt("token")).isEqualTo(1);
    assertThat(calls.getJsonArray("violations")).isEmpty();
  }

  @Test
  void anOfferOfHttp2ChangesNoAnswer() throws Exception {
    var body = "x".repeat(2_000);
    var echo =
        HttpRequest.newBuilder(Application.BARE.page("/open/echo"))
            .POST(BodyPublishers.ofString(body));
    var who = HttpRequest.newBuilder(Application.BARE.page("/who"));

    assertThat(offeringHttp2(echo)).isEqualTo("200 " + body);
    assertThat(offeringHttp2(who)).startsWith("401 ").contains("/gatehouse/login");
    assertThat(offeringHttp2(HttpRequest.newBuilder(Application.BARE.page("/gatehouse/request/x"))))
        .startsWith("404 ");
  }

  private static String offeringHttp2(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer =
        HttpClient.newHttpClient()
            .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void keepsNothingBeforeItHasEnded() {
    var redirect = browser.get(page);

    assertThat(redirect.statusCode()).isEqualTo(302);
    assertThat(Browser.location(redirect).toString()).startsWith(Servers.standIn().issuer() + "/");
    assertThat(redirect.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(browser.cookies(page)).hasSize(1);
    assertThat(browser.loginCookies(page)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"?code=,not-completed: ,1", "&state=,no login of this browser has this state,0"})
  @Tag("case-28")
  void isRefusedIfTheAnswerHasAnotherValueThanTheServerGave(
      String parameter, String reason, int tokenCalls) {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor")).toString();
    var changed = URI.create(callback.replace(parameter, parameter + "x"));
    assertThat(changed.toString()).isNotEqualTo(callback);

    var refusal = Refusal.expected(ContainerWitness.ofStandIn(), 400, reason);
    (tokenCalls == 0 ? refusal : refusal.calls("token", tokenCalls)).of(browser, changed);

    assertThat(browser.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(browser.get(page).statusCode()).as("not logged in").isEqualTo(302);
  }

  @Test
  @Tag("case-34")
  void isRefusedIfTheAnswerNamesAnotherServer() {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));

    Refusal.expected(ContainerWitness.ofStandIn(), 400, "iss is not the server's (RFC 9207 2.4)")
        .secret("other.example")
        .of(browser, URI.create(callback + "&iss=https%3A%2F%2Fother.example"));

    assertThat(Servers.standIn().calls().getInt("token")).isZero();
  }

  @Test
  @Tag("case-29")
  void isRefusedInABrowserThatDidNotBeginIt() {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));
    var another = new Browser();

    Refusal.expected(ContainerWitness.ofStandIn(), 400, "no login of this browser has this state")
        .of(another, callback);

    assertThat(another.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(Servers.standIn().calls().getInt("token")).isZero();
    assertThat(browser.get(callback).statusCode()).as("where it began").isEqualTo(303);
  }

  private URI callback() {
    return Browser.location(browser.choose(browser.open(page), "auditor"));
  }

  @Test
  @Tag("case-28")
  @Tag("case-30")
  @Tag("case-38")
  @Tag("case-40")
  void isRefusedWithoutATokenCallWhateverIsWrongWithTheAnswer() {
    var before = Application.BARE.visits();
    var callback = callback();
    var code = callback.getRawQuery().replaceFirst(".*code=([^&]+).*", "$1");
    var state = callback.getRawQuery().replaceFirst(".*state=([^&]+).*", "$1");
    var name = browser.loginCookies(page).get(0);
    var cookie = Objects.requireNonNull(browser.cookies(page).get(name));

    for (var query :
        List.of(
            "",
            "code=" + code,
            "code=" + code + "&state=",
            "code=" + code + "&state=canary-state",
            "code=" + code + "&state=" + state + "A",
            "code=" + code + "&state=%00",
            "code=" + code + "&state=%0d%0aSet-Cookie:%20canary=canary",
            "code=&state=" + state,
            "code=canary%00&state=" + state,
            "code=canary%0d%0a&state=" + state,
            "code=canary%09&state=" + state,
            "code=" + code + "&state=" + state + "&code=" + code,
            "code=" + code + "&state=" + state + "&state=" + state,
            "code=" + code + "&state=" + state + "&iss=&iss=",
            "code=" + code + "&state=" + state + "&error=access_denied",
            "code=" + code + "&state=" + state + "&id_token=canary-token",
            "code=" + code + "&state=" + state + "&access_token=canary-token")) {
      Refused.assertRefused(
          browser.get(Application.BARE.page("/gatehouse/callback?" + query)), 400, browser);
      browser.cookies(page).put(name, cookie); // a refusal may have taken it away
    }

    assertThat(Servers.standIn().calls().getInt("token")).isZero();
    assertThat(Application.BARE.visits()).isEqualTo(before);
    assertThat(browser.get(callback).statusCode()).as("the login itself").isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last", "cut", "another version", "handle"})
  @Tag("case-30")
  void isRefusedIfItsCookieIsNotTheOneThatWasGivenAndItIsTakenAway(String how) {
    var redirect = browser.get(page);
    var handle =
        Browser.location(redirect).getRawQuery().replaceFirst(".*request%2F([^&]+).*", "$1");
    var callback = Browser.location(browser.choose(browser.follow(redirect), "auditor"));
    var name = browser.loginCookies(page).get(0);
    browser
        .cookies(page)
        .computeIfPresent(
            name,
            (it, value) ->
                switch (how) {
                  case "first" -> flipped(value, 1);
                  case "middle" -> flipped(value, value.length() / 2);
                  case "last" -> flipped(value, value.length() - 3);
                  case "cut" -> value.substring(0, value.length() - 4);
                  case "another version" -> "Ag" + value.substring(2);
                  default -> handle;
                });

    Refused.assertRefused(browser.get(callback), 400, browser);

    assertThat(browser.cookies(page)).doesNotContainKey(name);
    assertThat(Servers.standIn().calls().getInt("token")).isZero();
  }

  private static String flipped(String value, int at) {
    return value.substring(0, at) + (value.charAt(at) == 'A' ? 'B' : 'A') + value.substring(at + 1);
  }

  @Test
  @Tag("case-41")
  void isThereStillAfterOtherMethodsAndAfterWhatIsFetchedInAdvance() {
    var callback = callback();

    for (var method : List.of("POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH")) {
      var answer = browser.send(method, callback, method.equals("POST") ? "a=b" : "");
      Refused.assertRefused(answer, 405, browser);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
      assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }
    for (var purpose : List.of("prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip")) {
      Refused.assertRefused(browser.with("Sec-Purpose", purpose).get(callback), 204, browser);
    }
    browser.without("Sec-Purpose");

    assertThat(Servers.standIn().calls().getInt("token")).isZero();
    assertThat(browser.open(callback).body()).contains("subject did:key:");
    assertThat(Servers.standIn().calls().getInt("token")).isEqualTo(1);
  }

  @Test
  @Tag("case-42")
  @Tag("case-32")
  void redeemsItsCodeOnceHoweverOftenItComesBack() {
    var callback = callback();

    for (var answer : browser.getAtOnce(10, callback)) {
      assertThat(answer.statusCode()).isEqualTo(303);
    }
    var again = browser.get(callback);
    assertThat(again.statusCode()).isEqualTo(303);
    assertThat(Browser.location(again)).isEqualTo(Application.BARE.page("/"));
    assertThat(browser.get(page).body()).contains("subject did:key:");

    browser.cookies(page).remove("JSESSIONID");
    Refused.assertRefused(browser.get(callback), 400, browser);
    assertThat(Servers.standIn().calls().getInt("token")).isEqualTo(1);
  }

  private static URI requestUri(HttpResponse<?> redirect) {
    var query = Browser.location(redirect).getRawQuery();
    return URI.create(
        URLDecoder.decode(
            query.replaceFirst(".*request_uri=([^&]+).*", "$1"), StandardCharsets.UTF_8));
  }

  @Test
  @Tag("case-20")
  @Tag("case-24")
  @Tag("case-25")
  void theRequestObjectIsForServersAndForWhoeverElseLooksAtIt() {
    var redirect = browser.get(page);
    var requestUri = requestUri(redirect);
    var preview = new Browser().with("User-Agent", "LinkPreview/1.0").without("Accept");

    var object = preview.get(requestUri);
    assertThat(object.statusCode()).isEqualTo(200);
    assertThat(object.headers().allValues("Content-Type"))
        .containsExactly("application/oauth-authz-req+jwt");
    assertThat(object.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(object.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(object.headers().map()).doesNotContainKey("set-cookie");
    assertThat(object.body()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+").hasSizeLessThanOrEqualTo(4096);
    assertThat(claims(preview.get(requestUri).body())).isEqualTo(claims(object.body()));
    assertThat(browser.get(requestUri).statusCode()).as("the person itself").isEqualTo(200);
    assertThat(claims(object.body())).doesNotContain("/who", "note", "code_verifier");

    var landed = browser.follow(browser.choose(browser.follow(redirect), "auditor"));
    assertThat(landed.body()).contains("subject did:key:");
  }

  private static String claims(String jws) {
    return new String(
        Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]), StandardCharsets.UTF_8);
  }

  @Test
  @Tag("case-23")
  @Tag("case-26")
  void theRequestObjectHasOneAddressAndTwoMethods() {
    var requestUri = requestUri(browser.get(page));

    var head = browser.send("HEAD", requestUri, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type"))
        .hasValue("application/oauth-authz-req+jwt");
    for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND")) {
      var answer = browser.send(method, requestUri, "");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }
    var parent = requestUri.toString().substring(0, requestUri.toString().lastIndexOf('/'));
    for (var address :
        List.of(
            requestUri + "/more",
            requestUri + "/",
            requestUri + "A",
            flipped(requestUri.toString(), requestUri.toString().length() - 3),
            parent + "/",
            parent,
            parent + "/canary",
            parent + "/" + "A".repeat(500))) {
      var answer = browser.get(URI.create(address));
      Refused.assertRefused(answer, 404, browser);
      assertThat(answer.body()).as(address).isEmpty();
      assertThat(answer.headers().map()).as(address).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void needsNeitherCdiNorJakartaRest() {
    var surroundings = browser.get(Application.BARE.page("/open/surroundings")).body();

    assertThat(surroundings)
        .contains(
            (Container.hasCdi() ? "present " : "absent ") + "jakarta.enterprise.inject.spi.CDI",
            (Container.hasJakartaRest() ? "present " : "absent ")
                + "jakarta.ws.rs.client.ClientRequestFilter");
  }
}
