package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins through Keycloak's own form, with each method of client authentication. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakLoginIT {
  private final Shop shop;
  private final Realm realm;

  KeycloakLoginIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
  }

  @ParameterizedTest
  @ValueSource(strings = {Shop.HS256, Shop.ES256, Shop.RS256, Shop.PS256})
  void logsInAndIsBackAtThePageFirstAskedFor(String client) {
    var customer = shop.newCustomer();
    var page = shop.page(client, "/who?note=%C3%B1%20a%2Bb");

    var back = customer.logIn(page);

    assertThat(back.uri()).isEqualTo(page);
    assertThat(back.statusCode()).isEqualTo(200);
    assertThat(back.body().lines()).startsWith("subject " + customer.account().id());
  }

  @Test
  void aPageForARealmRoleIsClosedToUsersWithoutIt() {
    var page = shop.page(Shop.RS256, "/who");

    assertThat(shop.newCustomer().logIn(page).statusCode()).isEqualTo(200);
    assertThat(new Customer(realm.createUser()).logIn(page).statusCode()).isEqualTo(403);
  }
}
