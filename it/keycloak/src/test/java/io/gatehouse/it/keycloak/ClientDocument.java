package io.gatehouse.it.keycloak;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The settings of docs/keycloak.md: the tests run with the settings that the page tells people to
 * make.
 */
final class ClientDocument {
  private static final Path PAGE = Path.of("../../docs/keycloak.md");
  private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  private final List<String> blocks;

  private ClientDocument(List<String> blocks) {
    this.blocks = blocks;
  }

  static ClientDocument read() {
    try {
      var page = Files.readString(PAGE);
      return new ClientDocument(
          JSON.matcher(page).results().map((MatchResult it) -> it.group(1)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a client that has a key, with another name, address and algorithm than on the page. */
  JsonObject clientWithKey(String clientId, String publicUrl, String alg) {
    return parse(
        blocks
            .get(0)
            .replace("\"shop\"", '"' + clientId + '"')
            .replace("https://app.example/shop", publicUrl)
            .replace("ES256", alg));
  }

  /** Returns a client that has a secret. */
  JsonObject clientWithSecret(String clientId, String publicUrl, String secret) {
    var changes = blocks.get(1).replace("the-secret-that-gatehouse.client-secret-has", secret);
    return Json.createMergePatch(parse(changes))
        .apply(clientWithKey(clientId, publicUrl, "ES256"))
        .asJsonObject();
  }

  /** Returns the client with the page's settings for pushed requests. */
  JsonObject pushing(JsonObject client) {
    return changed(client, 4);
  }

  /** Returns the client with the page's settings for requests in the address. */
  JsonObject sendingByValue(JsonObject client) {
    return changed(client, 5);
  }

  /** Returns the client with the page's settings for signed answers. */
  JsonObject withSignedAnswers(JsonObject client) {
    return changed(client, 6);
  }

  /** Returns the client with the page's settings for encrypted ID tokens. */
  JsonObject withEncryptedIdTokens(JsonObject client) {
    return changed(client, 7);
  }

  private JsonObject changed(JsonObject client, int block) {
    return Json.createMergePatch(parse(blocks.get(block))).apply(client).asJsonObject();
  }

  JsonObject profiles() {
    return parse(blocks.get(2));
  }

  JsonObject policies() {
    return parse(blocks.get(3));
  }

  private static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
