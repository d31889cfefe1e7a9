package io.gatehouse.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways of users through a log-in, the wrong ones too. */
@ExtendWith(Market.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class JourneysIT {
  private final Market market;

  JourneysIT(Market market) {
    this.market = market;
  }

  @ParameterizedTest
  @EnumSource
  void aLogInLeadsToTheAccount(Screen screen) {
    try (var visitor = Visitor.at(market, screen)) {
      visitor.open("/").click("login").present(Visitor.PRODUCT_MANAGER).assertAt("/account");
      assertThat(visitor.page()).hasTitle("Profile · Harbour Market");
    }
  }
}
