package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.StandIn;
import io.gatehouse.it.servers.container.Deployed;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two filters in one application, each a separate client: a login behind one filter does not count
 * for the other.
 */
@OnEveryContainer
class ContainerTenantsIT {
  static final Application TENANTS = Application.at("tenants");

  private static final ClientKey STAFF_KEY =
      ClientKey.create(Application.DIRECTORY.resolve("keys/staff.pem"));

  private static final String FILTER =
      """
        <filter>
          <filter-name>%1$s</filter-name>
          <filter-class>io.gatehouse.filter.GatehouseFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
      """;
  private static final String MAPPING =
      """
        <filter-mapping><filter-name>%s</filter-name><url-pattern>%s</url-pattern></filter-mapping>
      """;

  private final URI shop = TENANTS.page("/who");
  private final URI shopSession = TENANTS.page("/session");
  private final URI staff = TENANTS.page("/svc/who");
  private final URI staffSession = TENANTS.page("/open/session");
  private final Browser browser = new Browser();

  static Deployed deployed() {
    var webXml =
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
            + FILTER.formatted("shop")
            + FILTER.formatted("staff")
            + MAPPING.formatted("shop", "/who")
            + MAPPING.formatted("shop", "/session")
            + MAPPING.formatted("staff", "/svc/*")
            + MAPPING.formatted("staff", "/open/session")
            + "</web-app>";
    return TENANTS.deployed(
        TENANTS
            .war(
                Map.of(
                    "gatehouse.public-paths", "/open/surroundings",
                    "gatehouse.shop.path", "/gatehouse",
                    "gatehouse.staff.signing-key", STAFF_KEY.location()))
            .with("/WEB-INF/web.xml", webXml));
  }

  static void register(StandIn standIn) {
    standIn.registerDidKey(TENANTS.clientId(), TENANTS.publicUrl());
    standIn.registerDidKey(STAFF_KEY.didKey(), TENANTS.publicUrl(), "/gatehouse/staff");
  }

  private static void assertWantsLogin(HttpResponse<String> answer, String clientId) {
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(Browser.location(answer).getQuery()).contains("client_id=" + clientId);
  }

  private static String subject(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body().lines().findFirst().orElse("");
  }

  @Test
  @Tag("case-100")
  void aSessionBehindOneIsNothingToTheOther() {
    var shopper = subject(browser.logIn(shop, "auditor"));
    assertWantsLogin(browser.get(staff), STAFF_KEY.didKey());

    var employee = subject(browser.logIn(staff, "product-manager"));

    assertThat(employee).startsWith("subject did:key:").isNotEqualTo(shopper);
    assertThat(subject(browser.get(shop))).isEqualTo(shopper);
    assertThat(subject(browser.get(staff))).isEqualTo(employee);
  }

  @Test
  @Tag("case-100")
  void whatIsPutIntoTheSessionBehindOneIsNotInThatOfTheOther() {
    browser.logIn(shop, "auditor");
    browser.logIn(staff, "auditor");
    browser.send("POST", shopSession, "a=b");
    assertThat(browser.get(shopSession).body()).contains("planted before login");
    assertThat(browser.get(staffSession).body()).contains("planted null");
  }

  @Test
  @Tag("case-100")
  void aLogOutEndsTheSessionOfItsFilterOnly() {
    browser.logIn(shop, "auditor");
    browser.send("POST", shopSession, "a=b");
    browser.logIn(staff, "product-manager");
    browser.with("Sec-Fetch-Site", "same-origin");

    browser.send("POST", TENANTS.page("/gatehouse/staff/logout"), "");

    assertWantsLogin(browser.get(staff), STAFF_KEY.didKey());
    assertThat(browser.get(shopSession).body()).contains("planted before login");
    browser.send("POST", TENANTS.page("/gatehouse/logout"), "");
    assertWantsLogin(browser.get(shop), TENANTS.clientId());
  }

  @Test
  @Tag("case-100")
  void aLogInBegunBehindOneDoesNotEndBehindTheOther() {
    var back = Browser.location(browser.choose(browser.open(staff), "auditor"));
    var elsewhere = back.toString().replace("/gatehouse/staff/callback", "/gatehouse/callback");
    assertThat(elsewhere).isNotEqualTo(back.toString());

    assertThat(browser.get(URI.create(elsewhere)).statusCode()).isEqualTo(400);

    assertThat(subject(browser.open(back))).startsWith("subject did:key:");
  }

  @Test
  @Tag("case-100")
  void aRequestObjectIsServedByItsOwnFilterOnly() {
    var location = Browser.location(browser.get(staff)).getQuery();
    var requestUri = location.replaceFirst(".*[?&]?request_uri=([^&]+).*", "$1");
    assertThat(requestUri).contains("/gatehouse/staff/request/");

    var elsewhere = requestUri.replace("/gatehouse/staff/", "/gatehouse/");

    assertThat(browser.get(URI.create(elsewhere)).statusCode()).isEqualTo(404);
    assertThat(browser.get(URI.create(requestUri)).statusCode()).isEqualTo(200);
  }

  @Test
  void eachPublishesItsOwnKeyOnly() {
    var ofShop = browser.get(TENANTS.page("/gatehouse/jwks")).body();
    var ofStaff = browser.get(TENANTS.page("/gatehouse/staff/jwks")).body();
    assertThat(ofShop).contains(TENANTS.clientId()).doesNotContain(STAFF_KEY.didKey());
    assertThat(ofStaff).contains(STAFF_KEY.didKey()).doesNotContain(TENANTS.clientId());
  }
}
