package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Forward, include, error page and asynchronous answers: the logged-in user, and the guarded paths.
 */
@OnEveryContainer
@Tag("case-10")
class ContainerDispatchIT {
  private static final String USER = "subject did:key:";
  private static final String NOBODY = "subject null";

  private static HttpResponse<String> anonymous(String path) {
    return new Browser().get(Application.BARE.page(path));
  }

  private static HttpResponse<String> loggedIn(String path) {
    var browser = new Browser();
    browser.logIn(Application.BARE.page("/who"), "auditor");
    return browser.get(Application.BARE.page(path));
  }

  @ParameterizedTest
  @CsvSource({"exception,500", "status,409"})
  void theErrorPageKnowsTheUser(String by, int status) {
    var answer = loggedIn("/fault?by=" + by);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(USER, "dispatch ERROR", "error " + status);
  }

  @ParameterizedTest
  @CsvSource({"exception,500", "status,409"})
  void theErrorPageOfAPublicPageIsShownToAnybody(String by, int status) {
    var answer = anonymous("/open/fault?by=" + by);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(NOBODY, "dispatch ERROR");
    assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
  }

  @Test
  void aPageThatIsNotThereIsNotFoundOnceTheUserIsKnown() {
    assertThat(anonymous("/not-there").statusCode()).isEqualTo(302);
    assertThat(loggedIn("/not-there").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dispatch", "dispatch-of-original", "thread"})
  void whatAnswersLaterKnowsTheUser(String by) {
    var answer = loggedIn("/async?by=" + by);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(USER);
  }

  @Test
  void whatAnswersLaterNeedsALogInToBegin() {
    assertThat(anonymous("/async?by=thread").statusCode()).isEqualTo(302);
    assertThat(anonymous("/open/async?by=thread").body()).contains(NOBODY);
  }

  @Test
  void aForwardIsGuardedWhereTheFilterIsMappedToForwards() {
    var browser = new Browser();

    var refused = browser.get(Application.BARE.page("/open/forward?to=/guarded/who"));
    assertThat(refused.statusCode()).isEqualTo(302);
    assertThat(Browser.location(refused).toString()).startsWith(Servers.standIn().issuer());
    var landed = browser.logIn(Application.BARE.page("/open/forward?to=/guarded/who"), "auditor");
    assertThat(landed.body()).contains(USER);
  }

  /**
   * Content of an application's public pages is the application's own decision:
   * docs/containers/README.md.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/open/forward?to=/who", "/open/include?to=/who"})
  void aForwardFromAPublicPageIsTheApplicationsOwn(String path) {
    assertThat(anonymous(path).body()).contains(NOBODY);
    assertThat(loggedIn(path).body()).contains(USER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dispatch", "dispatch-of-original"})
  @Tag("case-104")
  void anAsynchronousDispatchFromAPublicPageIsJudgedByItsTarget(String by) {
    var refused = anonymous("/open/async?by=" + by);

    assertThat(refused.statusCode()).isEqualTo(302);
    assertThat(refused.body()).doesNotContain("subject");
    assertThat(loggedIn("/open/async?by=" + by).body()).contains(USER);
  }
}
