package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Browser;
import io.gatehouse.it.servers.LogIns;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Key changes on both sides, unnoticed by users. */
@ExtendWith(Shop.Parameter.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakKeysIT {
  /** The minimum time between Keycloak's fetches of a client's JWKS. */
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private static final Duration LOOKS_WITHIN = Duration.ofSeconds(20);
  private static final Pattern KID = Pattern.compile("\"kid\":\"([^\"]+)\"");

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
  void aNewKeyOfOursFailsNoLogInWhileItComesIntoForce(@TempDir Path directory) throws IOException {
    var old = ClientJwk.create(directory.resolve("old.jwk"), "ES256");
    var next = ClientJwk.create(directory.resolve("new.jwk"), "ES256");
    var current = directory.resolve("current.jwk");
    Files.copy(old.file(), current);
    var port = ServerProcess.freePort();
    var publicUrl = "http://localhost:" + port + "/bare";
    var page = URI.create(publicUrl + "/who");
    var jwks = URI.create(publicUrl + "/gatehouse/jwks");
    realm.createClient(shop.document().clientWithKey("keys", publicUrl, "ES256"));

    try (var tomcat = start(directory, port)) {
      tomcat.awaitPage(page);
      var before = shop.newCustomer();
      assertThat(before.logIn(page).uri()).isEqualTo(page);
      var fetched = Instant.now();
      var begun = shop.newCustomer();
      try (var logIns = LogIns.begin(3, () -> failure(shop.newCustomer().logIn(page), page))) {
        Files.copy(next.file(), directory.resolve("next.jwk"));
        awaitKeys(jwks, old, next);
        var form = begun.browser().open(page);
        ServerProcess.pauseUntil(fetched.plus(BETWEEN_FETCHES));

        Files.copy(old.file(), directory.resolve("previous.jwk"));
        Files.copy(next.file(), current, StandardCopyOption.REPLACE_EXISTING);
        awaitKeys(jwks, next, old);
        logIns.awaitMore(9);
        assertThat(begun.browser().follow(begun.enterPassword(form)).uri()).isEqualTo(page);

        Files.delete(directory.resolve("previous.jwk"));
        Files.delete(directory.resolve("next.jwk"));
        awaitKeys(jwks, next);
        logIns.awaitMore(9);
        assertThat(logIns.failures()).isEmpty();
      }
      assertThat(before.isLoggedIn(page, realm)).as("who logged in under the old key").isTrue();
    }
  }

  private static String failure(HttpResponse<String> answer, URI page) {
    return answer.uri().equals(page) && answer.statusCode() == 200
        ? ""
        : answer.uri() + ": " + answer.statusCode();
  }

  private static void awaitKeys(URI jwks, ClientJwk... keys) {
    var wanted = Stream.of(keys).map(it -> it.key().getKeyId()).toList();
    var end = Instant.now().plus(LOOKS_WITHIN);
    List<String> published;
    do {
      ServerProcess.pauseUntil(Instant.now().plusMillis(200));
      published =
          KID.matcher(new Browser().get(jwks).body()).results().map(it -> it.group(1)).toList();
    } while (!published.equals(wanted) && Instant.now().isBefore(end));
    assertThat(published).isEqualTo(wanted);
  }

  private static String keyFile(String property, Path file) {
    return "-Dgatehouse.%s=%s".formatted(property, file.toUri());
  }

  private Tomcat start(Path directory, int port) {
    var options =
        List.of(
            "-Dgatehouse.provider=oidc",
            "-Dgatehouse.issuer=" + realm.issuer(),
            "-Dgatehouse.client-id=keys",
            keyFile("signing-key", directory.resolve("current.jwk")),
            keyFile("signing-key-next", directory.resolve("next.jwk")),
            keyFile("signing-key-previous", directory.resolve("previous.jwk")));
    return Tomcat.start(directory, port, options, ServerProcess.directory().resolve("bare.war"));
  }
}
