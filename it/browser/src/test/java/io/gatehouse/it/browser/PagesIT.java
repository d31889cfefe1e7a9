package io.gatehouse.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages outside the ordinary journeys, and the sample's own pages. */
@ExtendWith(Market.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PagesIT {
  private static final String ACCOUNT = "/account";
  private static final String SHOP = " · Harbour Market";

  private final Market market;

  PagesIT(Market market) {
    this.market = market;
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void theServersErrorsHaveAPageEach(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      // An error counts only with the state of a login that this browser has begun.
      var callback = visitor.open(ACCOUNT).approved(Visitor.PRODUCT_MANAGER);
      visitor.page().navigate(callback.replaceFirst("code=[^&]*", "error=login_required"));
      Look.atProblem(visitor, market, "login-required");
      visitor.page().navigate(callback.replaceFirst("code=[^&]*", "error=unauthorized_client"));
      Look.atProblem(visitor, market, "misconfigured");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void anApplicationThatHasNotStartedHasOnePageOnly(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(Market.CLOSED, "/");
      Look.atPage(visitor, "closed");
      visitor.open(Market.CLOSED, "/gatehouse/login");
      Look.atPage(visitor, "closed");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void aCodeThatTheServerTakesBackHasAPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      var callback = visitor.open(ACCOUNT).approved(Visitor.PRODUCT_MANAGER);
      visitor.page().navigate(callback.replaceFirst("code=[^&]*", "code=withdrawn"));
      Look.atProblem(visitor, market, "not-completed");
      visitor.goOn().present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void anAnswerThatCannotBeTrustedHasAPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(Market.STRANGE, ACCOUNT).present(Visitor.PRODUCT_MANAGER);
      Look.atProblem(visitor, market, "invalid-answer");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void aLogInThatIsTooWeakHasAPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(Market.STRONG_PATH).present(Visitor.PRODUCT_MANAGER);
      Look.atProblem(visitor, market, "insufficient");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void aBrowserThatKeepsNoSessionIsNotSentInCircles(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      for (int i = 0; i < 3; i++) {
        visitor.logIn(Visitor.PRODUCT_MANAGER, ACCOUNT).loseSession();
      }
      Look.atProblem(visitor.open(ACCOUNT), market, "loop");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void aLogOutFromAnotherSiteDoesNothing(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.logIn(Visitor.PRODUCT_MANAGER, ACCOUNT);
      visitor.page().navigate(market.verifier().issuer() + "/client-error");
      visitor
          .page()
          .evaluate(
              """
              address => {
                const form = document.body.appendChild(document.createElement('form'));
                form.method = 'post';
                form.action = address;
                form.submit();
              }
              """,
              market.page(Market.SHOP, "/gatehouse/logout"));
      Look.atProblem(visitor, market, "forbidden");
      visitor.goOn().assertAt(ACCOUNT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "home, /, Welcome",
    "account, /account, Profile",
    "powers, /account?tab=powers, Powers",
    "tokens, /account?tab=tokens, Tokens",
    "offerings, /account?tab=api, API call",
    "publish, /offerings/new, Publish an offering",
    "not-found, /nowhere, Not found"
  })
  void theSamplesPagesCanBeUsedByEverybody(String name, String path, String title) {
    market.verifier().reset(); // offerings that other tests have published
    try (var visitor = Visitor.at(market, Screen.DESKTOP)) {
      if (!name.equals("home")) {
        visitor.logIn(Visitor.PRODUCT_MANAGER, ACCOUNT);
      }
      Look.at(visitor.open(path), title + SHOP);
      Look.picture(visitor, name);
    }
  }

  @Test
  void theSamplesMessagesCanBeReadByEverybody() {
    try (var visitor = Visitor.at(market, Screen.DESKTOP)) {
      visitor.logIn(Visitor.PRODUCT_MANAGER, ACCOUNT).open("/");
      Look.at(visitor, "Welcome" + SHOP);
      Look.at(visitor.open("/account?tab=unknown"), "Profile" + SHOP);

      market.verifier().refuseAtApi(2);
      visitor.open("/account?tab=api");
      assertThat(visitor.page().locator("#api-problem")).isVisible();
      Look.at(visitor, "API call" + SHOP);

      visitor.open("/offerings/new");
      visitor.page().locator("#new-offering").evaluate("it => it.noValidate = true");
      visitor.click("publish");
      assertThat(visitor.page().locator("#problem")).isVisible();
      Look.at(visitor, "Publish an offering" + SHOP);

      visitor.page().locator("#name").fill("Berth 7 object store");
      visitor.click("publish");
      assertThat(visitor.page().locator("#published")).isVisible();
      Look.at(visitor, "Publish an offering" + SHOP);
    }
  }
}
