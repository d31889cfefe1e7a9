package io.gatehouse.cli.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the output of {@code register} with the documentation, which the servers' tests run
 * with.
 */
class RegisterTest {
  private static final String SECRET = "a secret of this test, which has 47 bytes at it";
  private static final Pattern BLOCK = Pattern.compile("```(json|yaml)\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path directory = Path.of("");
  private String key = "";

  @BeforeEach
  void makeKey() {
    var file = directory.resolve("key.pem");
    assertThat(Run.of("keygen", file.toString()).exitCode()).isZero();
    key = "signing-key=" + file.toUri();
  }

  private static List<String> blocks(String page) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs", page)))
        .results()
        .map(it -> it.group(2))
        .toList();
  }

  private static Run register(String server, String... properties) {
    var arguments = new ArrayList<>(List.of("register", "--for", server));
    for (var property : properties) {
      arguments.addAll(List.of("--init-param", property));
    }
    return Run.of(arguments.toArray(String[]::new));
  }

  private Run registerOfPage(String server, String credential) {
    return register(
        server,
        "issuer=https://login.example/realms/shop",
        "client-id=shop",
        "public-url=https://app.example/shop",
        credential);
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  @Test
  void writesTheClientOfTheKeycloakPage() throws IOException {
    var run = registerOfPage("keycloak", key);

    assertThat(json(run.out())).isEqualTo(json(blocks("keycloak.md").get(0)));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void writesTheClientWithASecretOfTheKeycloakPageButForTheSecret() throws IOException {
    var blocks = blocks("keycloak.md");
    var withSecret = Json.createMergePatch(json(blocks.get(1))).apply(json(blocks.get(0)));

    var run = registerOfPage("keycloak", "client-secret=" + SECRET);

    assertThat(json(run.out()))
        .isEqualTo(Json.createPointer("/secret").remove(withSecret.asJsonObject()));
    assertThat(run.err())
        .contains("The secret is left out", "create clients -r REALM")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"pushed, 4", "value, 5"})
  void writesTheClientOfTheKeycloakPageForEachRequestMode(String mode, int block)
      throws IOException {
    var blocks = blocks("keycloak.md");
    var client = Json.createMergePatch(json(blocks.get(block))).apply(json(blocks.get(0)));

    var run =
        register(
            "keycloak",
            "issuer=https://login.example/realms/shop",
            "client-id=shop",
            "public-url=https://app.example/shop",
            "request-mode=" + mode,
            key);

    assertThat(json(run.out())).isEqualTo(client);
  }

  @Test
  void letsKeycloakFetchFromTheBackendUrl() {
    var run =
        register(
            "keycloak",
            "issuer=https://login.example/realms/shop",
            "client-id=shop",
            "public-url=https://app.example/shop",
            "backend-url=https://inner.example/shop/",
            key);

    var client = json(run.out());
    assertThat(client.getJsonArray("redirectUris").getString(0))
        .isEqualTo("https://app.example/shop/gatehouse/callback");
    var attributes = client.getJsonObject("attributes");
    for (var fetched : List.of("request.uris", "jwks.url", "backchannel.logout.url")) {
      assertThat(attributes.getString(fetched)).startsWith("https://inner.example/shop/gatehouse/");
    }
  }

  @Test
  void writesTheEntryOfTheConfigurationPage() throws IOException {
    var run =
        register(
            "verifier",
            "provider=verifier",
            "issuer=https://verifier.example",
            "public-url=https://app.example/shop",
            key);

    var entry =
        blocks("configuration.md").stream()
            .filter(it -> it.startsWith("clients:"))
            .findFirst()
            .orElseThrow()
            .replaceAll(" +# .*", "")
            .replace("<verifier>", "verifier.example");
    assertThat(run.out().replaceAll("did:key:zDnae\\w+", "did:key:zDnae...")).isEqualTo(entry);
  }

  @Test
  void hasNoEntryForAVerifierOfAClientWithoutDidKey() {
    var run = registerOfPage("verifier", key);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("gatehouse.provider is not verifier");
  }

  @Test
  void writesClientMetadata() {
    var metadata = json(registerOfPage("metadata", key).out());

    assertThat(metadata.getString("token_endpoint_auth_method")).isEqualTo("private_key_jwt");
    assertThat(metadata.getString("jwks_uri")).isEqualTo("https://app.example/shop/gatehouse/jwks");
    assertThat(metadata.getString("request_object_signing_alg")).isEqualTo("ES256");
    assertThat(metadata.getJsonArray("request_uris").getString(0))
        .isEqualTo("https://app.example/shop/gatehouse/request/*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak", "metadata"})
  void neverPrintsTheSecret(String server) {
    var run = registerOfPage(server, "client-secret=" + SECRET);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
    assertThat(run.err()).contains("gatehouse.client-secret");
  }

  @Test
  void listsEveryFaultOfAConfiguration() {
    var run = register("keycloak", "isuer=https://login.example");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("gatehouse.issuer is missing").contains("gatehouse.client-id");
  }

  @Test
  void needsThePublicUrl() {
    var run = register("keycloak", "issuer=http://localhost:1", "client-id=shop", key);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("gatehouse.public-url is not set");
  }
}
