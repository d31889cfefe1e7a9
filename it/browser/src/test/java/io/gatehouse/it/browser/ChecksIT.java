package io.gatehouse.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Route.FulfillOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of the other tests find a fault in a page that has it. */
@ExtendWith(Market.Parameter.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChecksIT {
  private final Market market;

  ChecksIT(Market market) {
    this.market = market;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "color-contrast | document.querySelector('p').style.color = '#9aa7b8'",
        "html-has-lang | document.documentElement.removeAttribute('lang')",
        "landmark-one-main | document.querySelector('main').setAttribute('role', 'none')"
      })
  void aPageThatNotEverybodyCanUseIsFound(String rule, String fault) {
    try (var visitor = Visitor.at(market, Screen.DESKTOP)) {
      var page = visitor.open("/gatehouse/logged-out").page();
      assertThat(Accessibility.faults(page)).isEmpty();
      page.evaluate(fault);
      assertThat(Accessibility.faults(page).toString()).contains(rule + " at <");
    }
  }

  @Test
  void aPageThatAsksAnotherOriginOrHasNoPolicyIsNoticed() {
    var visitor = Visitor.at(market, Screen.DESKTOP);
    visitor
        .page()
        .route(
            market.page(Market.SHOP, "/plain"),
            it ->
                it.fulfill(
                    new FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<img src='http://127.0.0.1:1/pixel' alt=''>")));
    visitor.open("/plain");
    assertThatThrownBy(visitor::close)
        .hasMessageContaining("/plain asks for http://127.0.0.1:1/pixel")
        .hasMessageContaining("/plain has the policy ");
  }

  @Test
  void anErrorInTheConsoleIsNoticed() {
    var visitor = Visitor.at(market, Screen.DESKTOP).open("/");
    visitor
        .page()
        .evaluate("document.head.appendChild(document.createElement('style')).textContent = 'a{}'");
    assertThatThrownBy(visitor::close).hasMessageContaining("Content Security Policy");
  }
}
