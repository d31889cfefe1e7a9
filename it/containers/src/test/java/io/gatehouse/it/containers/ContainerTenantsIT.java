package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.ClientKey;
import io.gatehouse.it.servers.ServerProcess;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two filters in one application, each a client of its own: being logged in behind one of them is
 * nothing to the other.
 */
@OnEveryContainer
class ContainerTenantsIT {
  private static final ClientKey STAFF_KEY =
      ClientKey.create(ServerProcess.directory().resolveSibling("it").resolve("staff-key.pem"));

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

  private final URI shop = Application.page("/who");
  private final URI shopSession = Application.page("/session");
  private final URI staff = Application.page("/svc/who");
  private final URI staffSession = Application.page("/open/session");
  private final Browser browser = new Browser();

  @Deployment(testable = false)
  static WebArchive application() {
    var webXml =
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
            + FILTER.formatted("shop")
            + FILTER.formatted("staff")
            + MAPPING.formatted("shop", "/who")
            + MAPPING.formatted("shop", "/session")
            + MAPPING.formatted("staff", "/svc/*")
            + MAPPING.formatted("staff", "/open/session")
            + "</web-app>";
    return Application.archive(
            "bare.war",
            Application.CONTEXT,
            Map.of(
                "gatehouse.public-paths", "/open/surroundings",
                "gatehouse.shop.path", "/gatehouse",
                "gatehouse.staff.signing-key", STAFF_KEY.location()))
        .setWebXML(new StringAsset(webXml));
  }

  @BeforeEach
  void register() {
    LoginServer.standIn()
        .registerDidKey(STAFF_KEY.didKey(), Application.publicUrl(), "/gatehouse/staff");
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
    assertThat(browser.get(shopSession).body()).contains("planted before log-in");
    assertThat(browser.get(staffSession).body()).contains("planted null");
  }

  @Test
  @Tag("case-100")
  void aLogOutEndsTheSessionOfItsFilterOnly() {
    browser.logIn(shop, "auditor");
    browser.send("POST", shopSession, "a=b");
    browser.logIn(staff, "product-manager");
    browser.with("Sec-Fetch-Site", "same-origin");

    browser.send("POST", Application.page("/gatehouse/staff/logout"), "");

    assertWantsLogin(browser.get(staff), STAFF_KEY.didKey());
    assertThat(browser.get(shopSession).body()).contains("planted before log-in");
    browser.send("POST", Application.page("/gatehouse/logout"), "");
    assertWantsLogin(browser.get(shop), LoginServer.clientId());
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
    var ofShop = browser.get(Application.page("/gatehouse/jwks")).body();
    var ofStaff = browser.get(Application.page("/gatehouse/staff/jwks")).body();
    assertThat(ofShop).contains(LoginServer.clientId()).doesNotContain(STAFF_KEY.didKey());
    assertThat(ofStaff).contains(STAFF_KEY.didKey()).doesNotContain(LoginServer.clientId());
  }
}
