package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log-in, whole, and the answers that end none. */
@OnEveryContainer
class ContainerLoginIT {
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
    var browser = new Browser();
    var page = Application.page("/who?note=%C3%B1%20a%2Bb");

    var wallet = browser.open(page);
    assertThat(wallet.body()).contains("Verifier stand-in");
    var back = browser.follow(browser.choose(wallet, "product-manager"));

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body()).contains("subject did:key:");
    assertThat(LoginServer.standIn().calls().getJsonArray("violations")).isEmpty();
    assertThat(browser.loginCookies(page)).isEmpty();
  }
}
