package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The headers of a browser with many unfinished logins: of two filters of one application, and of
 * another application on the host. Tomcat, Payara and Jetty refuse requests above 8 KiB before any
 * filter.
 */
@OnEveryContainer
@Tag("case-125")
class ContainerHeaderBudgetIT {
  private static final int LIMIT = 8 * 1024;

  private final URI open = Application.BARE.page("/open/surroundings");
  private final URI shop = ContainerTenantsIT.TENANTS.page("/who");
  private final URI staff = ContainerTenantsIT.TENANTS.page("/svc/who");
  private final List<URI> pages = List.of(shop, staff, Application.BARE.page("/who"));
  private final Browser browser = new Browser();

  private void cookiesOfOthers(int bytes) {
    browser.cookies(open).put("foreign", "x".repeat(bytes - "Cookie: foreign=\r\n".length()));
  }

  private static URI of(URI page, int length) {
    return URI.create(page + "?" + "x".repeat(length));
  }

  private void assertPagesAreReached() {
    assertThat(browser.get(open).statusCode()).isEqualTo(200);
    assertThat(browser.get(of(open, 1_900)).statusCode()).as("a long address").isEqualTo(200);
  }

  private void assertLogsIn(URI page) {
    var landed = browser.logIn(page, "auditor");
    assertThat(landed.statusCode()).isEqualTo(200);
    assertThat(landed.body()).startsWith("subject did:key:");
  }

  @Test
  @Tag("case-33")
  void aHundredLoginsBeside4KiBOfOtherCookiesLeavePagesAndLoginsInReach() {
    cookiesOfOthers(4 * 1024);
    for (int i = 0; i < 100; i++) {
      var wanted = of(pages.get(i % pages.size()), 50 + 19 * i);
      assertThat(browser.get(wanted).statusCode()).as("login " + i).isEqualTo(302);
      if (i % 10 == 9) {
        assertPagesAreReached();
      }
    }

    assertLogsIn(of(shop, 200));
    assertLogsIn(of(staff, 200));
    assertPagesAreReached();
  }

  @Test
  @Tag("case-33")
  void anAddressOfAThousandCharactersIsReturnedToBesideAFewOtherCookies() {
    cookiesOfOthers(1024);
    browser.get(of(staff, 1_000));

    var landed = browser.logIn(of(shop, 1_000), "auditor");

    assertThat(landed.uri()).isEqualTo(of(shop, 1_000));
    assertThat(landed.body()).startsWith("subject did:key:");
  }

  @Test
  @Tag("case-33")
  void eightTabsThatOpenAtOnceLeavePagesAndLoginsInReach() {
    cookiesOfOthers(2 * 1024);

    for (var answer : browser.getAtOnce(8, of(shop, 500))) {
      assertThat(answer.statusCode()).isEqualTo(302);
    }

    assertThat(browser.get(of(open, 400)).statusCode()).isEqualTo(200);
    assertThat(browser.loginCookies(open)).filteredOn(it -> !it.contains("-page-")).hasSize(8);
    assertPagesAreReached();
    assertLogsIn(of(shop, 200));
  }

  @Test
  @Tag("case-33")
  void aBrowserThatIsOverTheBudgetGetsOutAtAPageThatItStillReaches() {
    cookiesOfOthers(1024);
    for (int i = 0; i < 33; i++) { // of another application, or of an earlier version
      browser
          .cookies(open)
          .put("gatehouse-older-%010d".formatted(i), "s00%03d.".formatted(i) + "x".repeat(150));
    }
    var headers = browser.cookieHeader(open).length();
    assertThat(headers).isBetween(6 * 1024, LIMIT - 500);
    var refused = browser.get(of(open, 1_900)).statusCode();
    assertThat(refused).isIn(Container.takesLongHeaders() ? List.of(200) : List.of(400, 431));

    for (int i = 0; i < 3; i++) { // at most sixteen cookies are removed at once
      assertThat(browser.get(open).statusCode()).isEqualTo(200);
    }

    assertThat(browser.cookieHeader(open)).hasSizeLessThan(1024 + 2 * 1024 + 100);
    assertPagesAreReached();
    assertLogsIn(shop);
  }
}
