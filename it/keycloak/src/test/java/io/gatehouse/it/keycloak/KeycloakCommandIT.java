package io.gatehouse.it.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.Command;
import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.Mistake;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Clients that Keycloak knows by the output of {@code register}: users log in, {@code check}
 * reports nothing for a valid client, and names each mistake with its remedy.
 */
@ExtendWith(Shop.Parameter.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KeycloakCommandIT {
  private static final String SECRET = "a secret that Keycloak has to be given, 50 bytes..";
  private static final String ALG = "gatehouse.client-auth.alg";
  private static final String WITH_KEY = "with-key";
  private static final String WITH_SECRET = "with-secret";
  private static final String DYNAMIC = "dynamic";

  private final Shop shop;
  private final Realm realm;
  private final int port = ServerProcess.freePort();
  private final Map<String, String> withKey;
  private final Map<String, String> withSecret;
  private final Map<String, String> dynamic;
  private final Tomcat tomcat;

  KeycloakCommandIT(Shop shop) {
    this.shop = shop;
    this.realm = shop.realm();
    var key = shop.directory().resolve("command.jwk");
    var made = Command.runProcess("keygen", "--force", "--type", "RSA", key.toString());
    assertThat(made.exitCode()).as(made.err()).isZero();
    withKey = configuration(WITH_KEY, "gatehouse.signing-key", key.toUri().toString());
    withSecret = configuration(WITH_SECRET, "gatehouse.client-secret", SECRET);
    realm.createClient(keyClient());
    realm.createClient(secretClient());
    dynamic = registered(configuration(DYNAMIC, "gatehouse.signing-key", key.toUri().toString()));
    tomcat =
        Tomcat.start(
            shop.directory().resolve("command"),
            port,
            List.of(),
            ConfiguredWar.create("bare.war", shop.directory().resolve("with-key.war"), withKey),
            ConfiguredWar.create(
                "bare.war", shop.directory().resolve("with-secret.war"), withSecret),
            ConfiguredWar.create("bare.war", shop.directory().resolve("dynamic.war"), dynamic));
    tomcat.awaitPage(page(WITH_SECRET, "/gatehouse/jwks"));
  }

  private Map<String, String> configuration(String client, String credential, String value) {
    return Map.of(
        "gatehouse.provider",
        "oidc",
        "gatehouse.issuer",
        realm.issuer(),
        "gatehouse.client-id",
        client,
        credential,
        value,
        "gatehouse.public-url",
        page(client, "").toString());
  }

  private URI page(String client, String path) {
    return URI.create("http://localhost:" + port + "/" + client + path);
  }

  // The server chooses the client id. Keycloak's own policy has no openid among the scopes.
  private Map<String, String> registered(Map<String, String> properties) {
    var metadata = Json.createObjectBuilder(written("metadata", properties)).remove("scope");
    var made = realm.register(metadata.build());
    return Mistake.but(properties, "gatehouse.client-id", made.getString("client_id"));
  }

  private static JsonObject written(String form, Map<String, String> properties) {
    var written = Command.runWith(properties, "register", "--for", form);
    assertThat(written.exitCode()).as(written.err()).isZero();
    try (var reader = Json.createReader(new StringReader(written.out()))) {
      return reader.readObject();
    }
  }

  private JsonObject keyClient() {
    return written("keycloak", withKey);
  }

  // The command says that the secret has to be added, and has none itself.
  private JsonObject secretClient() {
    return with(written("keycloak", withSecret), "/secret", SECRET);
  }

  private static JsonObject with(JsonObject client, String pointer, String value) {
    return Json.createPointer(pointer).add(client, Json.createValue(value));
  }

  private static JsonObject withRedirectUri(JsonObject client, String redirectUri) {
    return Json.createObjectBuilder(client)
        .add("redirectUris", Json.createArrayBuilder().add(redirectUri))
        .build();
  }

  @AfterAll
  void stop() {
    tomcat.close();
  }

  @Test
  void usersLogInWithTheClientThatTheCommandWrote() {
    for (var client : List.of(WITH_KEY, WITH_SECRET, DYNAMIC)) {
      var page = page(client, "/who");

      assertThat(shop.newCustomer().logIn(page).uri()).isEqualTo(page);
    }
  }

  @Test
  void findsNothingToComplainOfWhereAllIsWell() {
    for (var right : List.of(withKey, withSecret, dynamic)) {
      var result =
          Command.runProcess("check", "--config", Command.file(right).toString(), "--json");

      assertThat(result.complaints("fail")).as(result.out()).isEmpty();
      assertThat(result.complaints("warn")).as(result.out()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(result.out() + result.err()).doesNotContain(SECRET);
    }
  }

  @TestFactory
  Stream<DynamicTest> namesTheMistakeAndItsRemedy() {
    return Stream.of(
            Mistake.correctedByTheLetter(
                "another algorithm of the key", Mistake.but(withKey, ALG, "PS256"), ALG),
            Mistake.correctedByTheLetter(
                "another algorithm of the secret", Mistake.but(withSecret, ALG, "HS384"), ALG),
            Mistake.correctedByTheLetter(
                "a slash at the issuer's end",
                Mistake.but(withKey, "gatehouse.issuer", realm.issuer() + "/"),
                "gatehouse.issuer"),
            Mistake.of(
                "a realm that is not there",
                Mistake.but(withKey, "gatehouse.issuer", realm.issuer() + "s"),
                "gatehouse.issuer",
                "Keycloak's is https://HOST/realms/REALM",
                it -> it.putAll(withKey)),
            Mistake.correctedByTheLetter(
                "ID tokens by an algorithm that the realm has no key for",
                Mistake.but(withKey, "gatehouse.id-token.alg", "ES256"),
                "gatehouse.id-token.alg"),
            Mistake.of(
                "request objects signed otherwise than the application's",
                Mistake.but(withKey, "gatehouse.request-object.alg", "PS256"),
                "gatehouse.public-url",
                "request objects differ in alg",
                it -> it.putAll(Mistake.but(withKey, "gatehouse.request-object.alg", "RS256"))))
        .map(it -> DynamicTest.dynamicTest(it.toString(), it::isNamedAndCorrected));
  }

  @TestFactory
  Stream<DynamicTest> namesWhatIsWrongWithTheClientThereAndItsRemedy() {
    return Stream.of(
        atKeycloak(
            "pushed requests only",
            with(keyClient(), "/attributes/require.pushed.authorization.requests", "true"),
            "login"),
        atKeycloak(
            "other request URIs",
            with(keyClient(), "/attributes/request.uris", "https://app.example/request/*"),
            "login"),
        atKeycloak(
            "another redirect URI",
            withRedirectUri(keyClient(), "https://app.example/callback"),
            "login"),
        atKeycloak(
            "another algorithm of request objects",
            with(keyClient(), "/attributes/request.object.signature.alg", "PS256"),
            "login"),
        atKeycloak(
            "the keys of nobody",
            with(keyClient(), "/attributes/jwks.url", page(WITH_KEY, "/nowhere").toString()),
            ALG),
        atKeycloak(
            "another client id",
            with(keyClient(), "/clientId", "client-" + UUID.randomUUID()),
            ALG));
  }

  /** A client that differs from the command's output, until the remedy is applied. */
  private DynamicTest atKeycloak(String name, JsonObject wrong, String subject) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          realm.deleteClient(WITH_KEY);
          realm.createClient(wrong);
          try {
            Mistake.of(
                    name,
                    withKey,
                    subject,
                    "what `register` writes",
                    it -> replace(wrong, keyClient()))
                .isNamedAndCorrected();
          } catch (AssertionError e) {
            replace(wrong, keyClient());
            throw e;
          }
        });
  }

  private void replace(JsonObject one, JsonObject other) {
    realm.deleteClient(one.getString("clientId"));
    realm.createClient(other);
  }
}
