package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log-in, whole, and the callbacks that end none. */
@OnEveryContainer
class ContainerLoginIT {
  private final URI page = Application.page("/who?note=%C3%B1%20a%2Bb");
  private final Browser browser = new Browser();

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.archive();
  }

  @BeforeEach
  void resetCounts() {
    LoginServer.standIn().reset();
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

    var calls = LoginServer.standIn().calls();
    assertThat(calls.getInt("requestObject")).isEqualTo(1);
    assertThat(calls.getInt("token")).isEqualTo(1);
    assertThat(calls.getJsonArray("violations")).isEmpty();
  }

  @Test
  void anOfferOfHttp2ChangesNoAnswer() throws Exception {
    var body = "x".repeat(2_000);
    var echo =
        HttpRequest.newBuilder(Application.page("/open/echo")).POST(BodyPublishers.ofString(body));
    var who = HttpRequest.newBuilder(Application.page("/who"));

    assertThat(offeringHttp2(echo)).isEqualTo("200 " + body);
    assertThat(offeringHttp2(who)).startsWith("401 ").contains("/gatehouse/login");
    assertThat(offeringHttp2(HttpRequest.newBuilder(Application.page("/gatehouse/request/x"))))
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
    assertThat(Browser.location(redirect).toString())
        .startsWith(LoginServer.standIn().issuer() + "/");
    assertThat(redirect.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(browser.cookies(page)).hasSize(1);
    assertThat(browser.loginCookies(page)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?code=", "&state="})
  @Tag("case-28")
  void isRefusedIfTheAnswerHasAnotherValueThanTheServerGave(String parameter) {
    var before = Application.visits();
    var callback = Browser.location(browser.choose(browser.open(page), "auditor")).toString();
    var changed = URI.create(callback.replace(parameter, parameter + "x"));
    assertThat(changed.toString()).isNotEqualTo(callback);

    var answer = browser.get(changed);

    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(browser.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(browser.get(page).statusCode()).as("not logged in").isEqualTo(302);
    assertThat(Application.visits()).isEqualTo(before);
  }

  @Test
  @Tag("case-34")
  void isRefusedIfTheAnswerNamesAnotherServer() {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));

    var answer = browser.get(URI.create(callback + "&iss=https%3A%2F%2Fother.example"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(browser.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(LoginServer.standIn().calls().getInt("token")).isZero();
  }

  @Test
  @Tag("case-29")
  void isRefusedInABrowserThatDidNotBeginIt() {
    var callback = Browser.location(browser.choose(browser.open(page), "auditor"));
    var another = new Browser();

    var answer = another.get(callback);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).startsWith("no-store");
    assertThat(another.cookies(page)).doesNotContainKey("JSESSIONID");
    assertThat(LoginServer.standIn().calls().getInt("token")).isZero();
    assertThat(browser.get(callback).statusCode()).as("where it began").isEqualTo(303);
  }

  @Test
  void needsNeitherCdiNorJakartaRest() {
    var surroundings = browser.get(Application.page("/open/surroundings")).body();

    assertThat(surroundings)
        .contains(
            (Container.hasCdi() ? "present " : "absent ") + "jakarta.enterprise.inject.spi.CDI",
            (Container.hasJakartaRest() ? "present " : "absent ")
                + "jakarta.ws.rs.client.ClientRequestFilter");
  }
}
