package io.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys change on both sides, and nobody notices. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakKeysIT {
  /** How often Keycloak fetches a client's JWKS at the most. */
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private final Shop shop;
  private final Realm realm;

  KeycloakKeysIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
  }

  @Test
  @Tag("case-53")
  void aNewKeyOfKeycloaksEndsNoSessionAndNoLogin() {
    var page = shop.page(Shop.PS256, "/who");
    var before = shop.newCustomer();
    before.logIn(page);
    var session = realm.sessions(before.account()).get(0);
    var oldKey = realm.signingKey();

    realm.rotateKey();

    assertThat(realm.signingKey()).isNotEqualTo(oldKey);
    assertThat(shop.newCustomer().logIn(page).statusCode()).isEqualTo(200);
    ServerProcess.pauseUntil(Instant.now().plus(Shop.SHORT_LIFE));
    assertThat(before.isLoggedIn(page, realm)).isTrue();
    assertThat(realm.events("REFRESH_TOKEN", session)).isEqualTo(1);
  }

  @Test
  @Tag("case-24")
  @Tag("case-88")
  void aNewKeyOfOursEndsNoLogin(@TempDir Path directory) {
    var old = ClientJwk.create(directory.resolve("old.jwk"), "ES256");
    var next = ClientJwk.create(directory.resolve("next.jwk"), "ES256");
    var port = ServerProcess.freePort();
    var publicUrl = "http://localhost:" + port + "/bare";
    var page = URI.create(publicUrl + "/who");
    realm.createClient(shop.document().clientWithKey("keys", publicUrl, "ES256"));

    try (var before = start(directory, port, signingKey("", old))) {
      before.awaitPage(page);
      assertThat(shop.newCustomer().logIn(page).uri()).isEqualTo(page);
    }
    var fetched = Instant.now();
    var begun = shop.newCustomer();
    HttpResponse<String> form;
    try (var announced = start(directory, port, signingKey("", old), signingKey("-next", next))) {
      announced.awaitPage(page);
      form = begun.browser().open(page);
      assertThat(new Browser().get(URI.create(publicUrl + "/gatehouse/jwks")).body())
          .contains(old.key().getKeyId(), next.key().getKeyId());
    }
    ServerProcess.pauseUntil(fetched.plus(BETWEEN_FETCHES));
    try (var changed = start(directory, port, signingKey("", next), signingKey("-previous", old))) {
      changed.awaitPage(page);

      assertThat(begun.browser().follow(begun.enterPassword(form)).uri()).isEqualTo(page);
      assertThat(shop.newCustomer().logIn(page).uri()).isEqualTo(page);
    }
  }

  private static String signingKey(String which, ClientJwk key) {
    return "-Dgatehouse.signing-key%s=%s".formatted(which, key.location());
  }

  private Tomcat start(Path directory, int port, String... keys) {
    var options =
        new ArrayList<>(
            List.of(
                "-Dgatehouse.provider=oidc",
                "-Dgatehouse.issuer=" + realm.issuer(),
                "-Dgatehouse.client-id=keys"));
    options.addAll(List.of(keys));
    return Tomcat.start(directory, port, options, ServerProcess.directory().resolve("bare.war"));
  }
}
