package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logouts that begin at the application, and logouts that begin at Keycloak. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakLogoutIT {
  private final Shop shop;
  private final Realm realm;
  private final URI page;

  KeycloakLogoutIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
    this.page = shop.page(Shop.ES256, "/who");
  }

  private Customer loggedIn(Realm.Account account) {
    var customer = new Customer(account);
    customer.logIn(page);
    assertThat(customer.isLoggedIn(page, realm)).isTrue();
    return customer;
  }

  private HttpResponse<String> logOut(Customer customer) {
    return customer
        .browser()
        .with("Sec-Fetch-Site", "same-origin")
        .send("POST", shop.page(Shop.ES256, "/gatehouse/logout"), "");
  }

  @Test
  @Tag("case-73")
  void aLogoutEndsTheSessionAtKeycloakTooAndComesBackWithoutAQuestion() {
    var customer = loggedIn(realm.createUser());

    var answer = logOut(customer);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Browser.location(answer).toString())
        .startsWith(realm.issuer() + "/protocol/openid-connect/logout?id_token_hint=");
    assertThat(customer.isLoggedIn(page, realm)).isFalse(); // before the browser has gone anywhere
    var end = customer.browser().follow(answer);
    assertThat(end.uri().getPath()).isEqualTo("/es256/");
    assertThat(end.statusCode()).isEqualTo(200);
    assertThat(realm.sessions(customer.account())).isEmpty();
    assertThat(customer.browser().open(page)).matches(Customer::isLoginForm);
  }

  @Test
  @Tag("case-73")
  @Tag("case-74")
  void aLogoutEndsTheSessionOfThatBrowserInOtherApplicationsToo() {
    var account = realm.createUser();
    var here = loggedIn(account);
    var there = new Customer(account);
    var pageThere = shop.page(Shop.HS256, "/who");
    // The same browser: our Browser does not tell the cookies of two contexts apart.
    there
        .browser()
        .cookies(realm.authorizationEndpoint())
        .putAll(here.browser().cookies(realm.authorizationEndpoint()));
    assertThat(there.browser().open(pageThere).uri()).as("nobody is asked").isEqualTo(pageThere);

    here.browser().follow(logOut(here));

    assertThat(there.isLoggedIn(pageThere, realm)).isFalse();
    assertThat(there.browser().open(pageThere)).matches(Customer::isLoginForm);
  }

  @Test
  @Tag("case-74")
  void theEndOfAllSessionsOfAUserEndsTheirsHereAndNobodyElses() {
    var account = realm.createUser();
    var one = loggedIn(account);
    var two = loggedIn(account);
    var other = loggedIn(realm.createUser());

    realm.logOut(account);

    assertThat(one.isLoggedIn(page, realm)).isFalse();
    assertThat(two.isLoggedIn(page, realm)).isFalse();
    assertThat(other.isLoggedIn(page, realm)).isTrue();
  }

  @Test
  @Tag("case-74")
  void theEndOfOneSessionEndsThatOneHereAndNoOtherOfTheUser() {
    var account = realm.createUser();
    var one = loggedIn(account);
    var sessionOfOne = realm.sessions(account).get(0);
    var two = loggedIn(account);

    realm.endSession(sessionOfOne);

    assertThat(one.isLoggedIn(page, realm)).isFalse();
    assertThat(two.isLoggedIn(page, realm)).isTrue();
  }
}
