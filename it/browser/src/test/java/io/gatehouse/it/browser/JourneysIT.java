package io.gatehouse.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.gatehouse.it.servers.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The journeys of users through a login, including the failing ones. */
@ExtendWith(Market.Parameter.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class JourneysIT {
  private static final String ACCOUNT = "/account";
  private static final String NEW_OFFERING = "/offerings/new";
  private static final List<Screen> SCREENS = List.of(Screen.DESKTOP, Screen.PHONE_SPANISH);
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);

  private final Market market;
  private final Map<Screen, Visitor> slow = new EnumMap<>(Screen.class);
  private Instant begun = Instant.MIN;

  JourneysIT(Market market) {
    this.market = market;
  }

  // They are at the Verifier's page while the other tests run.
  @BeforeAll
  void beginLogInsThatTakeTooLong() {
    for (var screen : SCREENS) {
      slow.put(screen, Visitor.at(market, screen).open(Market.HASTY, ACCOUNT));
    }
    begun = Instant.now();
  }

  @AfterAll
  void leave() {
    slow.values().forEach(Visitor::close);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void aLogInLeadsToTheAccountAndALogOutToTheStartPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open("/").click("login");
      visitor.present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
      assertThat(visitor.page().locator("#display-name")).hasText("Alex Example");

      visitor.click("logout").assertAt("/");
      assertThat(visitor.page().locator("#login")).isVisible();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void whereTheStartPageIsNotPublicALogOutHasAPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(Market.HASTY, ACCOUNT).present(Visitor.PRODUCT_MANAGER).click("logout");
      Look.atPage(visitor, "logged-out");
      visitor.goOn().present(Visitor.PRODUCT_MANAGER);
      assertThat(visitor.page()).hasURL(market.page(Market.HASTY, ACCOUNT));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void withoutJavaScriptAllOfItWorksTheSame(Screen screen) {
    try (var visitor = Visitor.withoutJavaScript(market, screen)) {
      visitor.open("/").click("login").present(Visitor.REVOKED);
      assertThat(visitor.page()).hasTitle(Look.title(screen, "denied"));
      visitor.goOn().present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
      publish(visitor);
      visitor.click("logout").assertAt("/");
      visitor.open(ACCOUNT);
      assertThat(visitor.page()).hasTitle("Present your credential");
    }
  }

  private static void publish(Visitor visitor) {
    visitor.open(NEW_OFFERING);
    visitor.page().locator("#name").fill("Berth 7 object store");
    visitor.click("publish");
    assertThat(visitor.page().locator("#published"))
        .containsText("“Berth 7 object store” is published");
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void threeTabsEndOnTheirOwnPages(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      var paths = List.of("/account?tab=powers", "/account?tab=tokens", NEW_OFFERING);
      var tabs = new ArrayList<Page>();
      for (var path : paths) {
        var tab = visitor.window().newPage();
        tab.navigate(market.page(Market.SHOP, path));
        tabs.add(tab);
      }
      for (var i : List.of(1, 2, 0)) {
        Visitor.present(Visitor.PRODUCT_MANAGER, tabs.get(i));
        assertThat(tabs.get(i)).hasURL(market.page(Market.SHOP, paths.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void backAfterTheLogInLeadsIntoTheApplicationAgain(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open("/").click("login");
      visitor.present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
      var used = visitor.lastCallback();

      visitor.page().goBack();
      visitor.present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
      visitor.page().navigate(used);
      visitor.assertAt(ACCOUNT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void aUsedCallbackWithoutASessionHasAPage(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.logIn(Visitor.PRODUCT_MANAGER, ACCOUNT).loseSession();
      visitor.page().navigate(visitor.lastCallback());
      Look.atProblem(visitor, market, "invalid-request");
      visitor.goOn().present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void theVerifiersPageCanBeReloaded(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(NEW_OFFERING);
      var fetched = market.verifier().counts().getOrDefault("requestObject", 0);
      visitor.page().reload();
      Look.at(visitor, "Present your credential");
      Look.picture(visitor, "wallet");
      assertThat(market.verifier().counts()).containsEntry("requestObject", fetched + 1);
      visitor.present(Visitor.PRODUCT_MANAGER).assertAt(NEW_OFFERING);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void whoIsDeniedMayTryAgain(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open(NEW_OFFERING).present(Visitor.REVOKED);
      Look.atProblem(visitor, market, "denied");
      visitor.goOnByKeyboard().present(Visitor.PRODUCT_MANAGER).assertAt(NEW_OFFERING);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void whoLacksThePowerIsToldAndMayGoOn(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.logIn(Visitor.AUDITOR, ACCOUNT).open(NEW_OFFERING);
      Look.atProblem(visitor, market, "role-missing");
      if (screen == Screen.DESKTOP) {
        Look.pictureInTheDark(visitor, "role-missing-dark");
      }
      visitor.goOn().assertAt(ACCOUNT);
    }
  }

  @Order(Integer.MAX_VALUE) // it ends the pending logins
  @Test
  void whileTheServerIsDownUsersAreToldAndAfterwardsTheyGoOn() {
    var callbacks = new EnumMap<Screen, String>(Screen.class);
    var visitors = new EnumMap<Screen, Visitor>(Screen.class);
    try {
      for (var screen : SCREENS) {
        var visitor = Visitor.at(market, screen).open(ACCOUNT);
        visitors.put(screen, visitor);
        callbacks.put(screen, visitor.approved(Visitor.PRODUCT_MANAGER));
      }
      market.verifier().process().kill();
      visitors.forEach(
          (screen, visitor) -> {
            visitor.page().navigate(callbacks.getOrDefault(screen, ""));
            Look.atProblem(visitor, market, "unavailable");
          });
      market.restartVerifier();
      visitors.values().forEach(it -> it.goOn().present(Visitor.PRODUCT_MANAGER).assertAt(ACCOUNT));
    } finally {
      visitors.values().forEach(Visitor::close);
    }
  }

  @Order(Integer.MAX_VALUE - 1)
  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE_SPANISH"})
  void whoTookTooLongStartsAgain(Screen screen) {
    ServerProcess.pauseUntil(begun.plus(LOGIN_TIMEOUT).plusSeconds(1));
    var visitor = Objects.requireNonNull(slow.get(screen));
    visitor.present(Visitor.PRODUCT_MANAGER);
    Look.atProblem(visitor, market, "expired");
    visitor.goOn().present(Visitor.PRODUCT_MANAGER);
    assertThat(visitor.page()).hasURL(market.page(Market.HASTY, ACCOUNT));
  }
}
