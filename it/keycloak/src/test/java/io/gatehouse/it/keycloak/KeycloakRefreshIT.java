package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ServerProcess;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keycloak's refresh tokens, each of which can be used once. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakRefreshIT {
  private static final int AT_ONCE = 50;

  private final Shop shop;
  private final Realm realm;

  KeycloakRefreshIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
  }

  @Test
  @Tag("case-68")
  void refreshesOnceForFiftyRequestsAtOnceAndAgainAfterThat() {
    var page = shop.page(Shop.PS256, "/who");
    var customer = shop.newCustomer();
    customer.logIn(page);
    var session = realm.sessions(customer.account()).get(0);

    for (int refreshes = 1; refreshes <= 3; refreshes++) {
      ServerProcess.pauseUntil(Instant.now().plus(Shop.SHORT_LIFE));

      assertThat(customer.browser().getAtOnce(AT_ONCE, page))
          .hasSize(AT_ONCE)
          .allMatch(it -> it.statusCode() == 200);
      assertThat(realm.events("REFRESH_TOKEN", session)).isEqualTo(refreshes);
    }
    assertThat(realm.events("REFRESH_TOKEN_ERROR", session)).isZero();
    assertThat(realm.events("LOGIN", session)).isEqualTo(1);
  }

  @Test
  @Tag("case-69")
  void sendsAUserWhoWasDisabledToLogInAtTheNextRefresh() {
    var page = shop.page(Shop.PS256, "/who");
    var customer = shop.newCustomer();
    customer.logIn(page);
    var session = realm.sessions(customer.account()).get(0);
    realm.disable(customer.account());

    ServerProcess.pauseUntil(Instant.now().plus(Shop.SHORT_LIFE));

    assertThat(customer.isLoggedIn(page, realm)).isFalse();
    assertThat(realm.events("REFRESH_TOKEN_ERROR", session)).isEqualTo(1);
    assertThat(customer.browser().open(page)).matches(Customer::isLoginForm);
  }
}
