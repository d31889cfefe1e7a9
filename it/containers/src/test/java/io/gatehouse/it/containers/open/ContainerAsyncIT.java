package io.gatehouse.it.containers.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.containers.Container;
import io.gatehouse.it.containers.OnEveryContainer;
import io.gatehouse.it.containers.Servers;
import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ServerProcess;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asynchronous requests whose user or tokens become unavailable: the answers of a page. */
@OnEveryContainer
@Tag("case-113")
class ContainerAsyncIT {

  private static Browser script(Browser browser) {
    return browser
        .with("Accept", "application/json")
        .with("Sec-Fetch-Mode", "cors")
        .with("Sec-Fetch-Dest", "empty");
  }

  private void assertLoginOrUnavailable(String path) {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var page = browser.get(StaysOpen.page(path + "what=login"));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(302);
    assertThat(Browser.location(page).toString()).startsWith(Servers.standIn().issuer());
    assertHidden(page);
    script(browser);
    var login = browser.get(StaysOpen.page(path + "what=login"));
    assertThat(login.statusCode()).isEqualTo(401);
    assertThat(login.body()).contains("\"login\"");
    assertHidden(login);
    var down = browser.get(StaysOpen.page(path + "what=down"));
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.headers().firstValue("Retry-After")).hasValue("7");
    assertHidden(down);
  }

  private static void assertHidden(HttpResponse<String> answer) {
    assertThat(answer.body()).doesNotContain("canary").doesNotContain("Exception");
  }

  /** F5; also if the application throws after it has made the request asynchronous. */
  @ParameterizedTest
  @ValueSource(strings = {"how=plain", "how=wrapped", "how=thrown"})
  void aDispatchThatNeedsALoginGetsOne(String how) {
    assertLoginOrUnavailable("/async-fault?" + how + "&");
  }

  /** F5. */
  @ParameterizedTest
  @ValueSource(strings = {"thrown", "resumed", "failed"})
  void jakartaRestAnswersAlike(String how) {
    assertLoginOrUnavailable("/rest/open/" + how + "?");
  }

  /** F6. */
  @ParameterizedTest
  @ValueSource(strings = {"wait", "wrapped-wait"})
  void aDispatchAfterTheLogoutShowsNobodyOrNeedsALogin(String how) throws Exception {
    var browser = StaysOpen.logIn(StaysOpen.MANAGER);
    var waiting =
        CompletableFuture.supplyAsync(() -> browser.get(StaysOpen.page("/async-fault?how=" + how)));
    var other = StaysOpen.logIn(StaysOpen.MANAGER);
    var inOtherTab = new Browser().with("Sec-Fetch-Site", "same-origin");
    inOtherTab.cookies(StaysOpen.page("/")).putAll(browser.cookies(StaysOpen.page("/")));
    awaitWaiting(other);
    StaysOpen.logOut(inOtherTab);
    assertThat(other.get(StaysOpen.page("/async-fault?how=dispatch")).body())
        .contains("dispatched");

    var answer = waiting.get(20, TimeUnit.SECONDS);
    assertThat(answer.body()).doesNotContain("SEEN true");
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).contains("SEEN falsefalsefalsefalse");
    } else if (!Container.mayFailWhileASessionEnds()) {
      assertThat(answer.statusCode()).isEqualTo(302);
    }
  }

  private static void awaitWaiting(Browser browser) {
    var page = StaysOpen.page("/async-fault?how=waits");
    for (var i = 0; i < 100 && !browser.get(page).body().contains("waits true"); i++) {
      ServerProcess.pause();
    }
    assertThat(browser.get(page).body()).contains("waits true");
  }
}
