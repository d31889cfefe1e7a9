package io.gatehouse.it.keycloak;

import io.gatehouse.it.servers.ConfiguredWar;
import io.gatehouse.it.servers.ServerProcess;
import io.gatehouse.it.servers.Tomcat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers of all tests, started once: Keycloak, and Tomcat with the bare application once for
 * each method of client authentication. Keycloak's settings are those of docs/keycloak.md.
 */
final class Shop implements AutoCloseable {
  /** The clients, and the contexts of their applications. */
  static final String HS256 = "hs256";

  static final String ES256 = "es256";
  static final String RS256 = "rs256";

  /** The client whose access tokens live for {@link #SHORT_LIFE}. */
  static final String PS256 = "ps256";

  /** The client whose requests are pushed. */
  static final String PUSHED = "pushed";

  /** The client whose requests are in the address. */
  static final String VALUE = "value";

  /** The client that receives signed answers. */
  static final String SIGNED_ANSWERS = "signed-answers";

  /** The client that receives encrypted ID tokens. */
  static final String ENCRYPTED = "encrypted";

  /** The client with all of these modes, and pushed requests. */
  static final String ALL = "all";

  static final Duration SHORT_LIFE = Duration.ofSeconds(6);

  /** The realm role that users of {@link #RS256} need. */
  static final String ROLE = "shopper";

  private static final Map<String, String> PUSHING = Map.of("gatehouse.request-mode", "pushed");
  private static final Map<String, String> BY_VALUE = Map.of("gatehouse.request-mode", "value");

  private static final String SECRET = "an invented client secret of the tests, 51 bytes...";

  private final Path directory = ServerProcess.directory().resolveSibling("it").toAbsolutePath();
  private final ClientDocument document = ClientDocument.read();
  private final Keycloak keycloak;
  private final Realm realm;
  private final Tomcat tomcat;

  private Shop() {
    var port = ServerProcess.freePort();
    var issuer = Keycloak.address(port) + "/realms/shop";
    tomcat =
        Tomcat.start(
            directory.resolve("tomcat"),
            ServerProcess.freePort(),
            List.of(),
            war(issuer, HS256, Map.of("gatehouse.client-secret", SECRET)),
            war(issuer, ES256, key(ES256)),
            war(issuer, RS256, withRoles(key(RS256))),
            war(issuer, PS256, key(PS256)),
            war(issuer, PUSHED, mode(PUSHED, PUSHING)),
            war(issuer, VALUE, mode(VALUE, BY_VALUE)),
            war(issuer, SIGNED_ANSWERS, mode(SIGNED_ANSWERS, signedAnswers("jwt"))),
            war(issuer, ENCRYPTED, mode(ENCRYPTED, decryption())),
            war(issuer, ALL, mode(ALL, PUSHING, signedAnswers("query.jwt"), decryption())));
    keycloak = Keycloak.start(directory, port);
    realm = keycloak.createRealm("shop");
    realm.setPolicies(document.profiles(), document.policies());
    realm.createRole(ROLE);
    realm.createClient(document.clientWithSecret(HS256, publicUrl(HS256), SECRET));
    realm.createClient(document.clientWithKey(ES256, publicUrl(ES256), alg(ES256)));
    realm.createClient(document.clientWithKey(RS256, publicUrl(RS256), alg(RS256)));
    realm.createClient(shortLived(document.clientWithKey(PS256, publicUrl(PS256), alg(PS256))));
    realm.createClient(document.pushing(client(PUSHED)));
    realm.createClient(document.sendingByValue(client(VALUE)));
    realm.createClient(document.withSignedAnswers(client(SIGNED_ANSWERS)));
    realm.createClient(document.withEncryptedIdTokens(client(ENCRYPTED)));
    var all = document.withSignedAnswers(document.withEncryptedIdTokens(client(ALL)));
    realm.createClient(document.pushing(withoutPolicy(all)));
    tomcat.awaitPage(page(ALL, "/gatehouse/jwks"));
  }

  private static String alg(String client) {
    return client.toUpperCase(Locale.ROOT);
  }

  private Map<String, String> key(String client) {
    return key(client, alg(client));
  }

  private Map<String, String> key(String client, String alg) {
    var key = ClientJwk.create(directory.resolve(client + ".jwk"), alg);
    return Map.of("gatehouse.signing-key", key.location());
  }

  @SafeVarargs
  private Map<String, String> mode(String client, Map<String, String>... modes) {
    var properties = new HashMap<>(key(client, "ES256"));
    for (var mode : modes) {
      properties.putAll(mode);
    }
    return properties;
  }

  private static Map<String, String> signedAnswers(String responseMode) {
    return Map.of("gatehouse.response-mode", responseMode);
  }

  private Map<String, String> decryption() {
    var key = ClientJwk.createForEncryption(directory.resolve("decryption.jwk"));
    return Map.of(
        "gatehouse.id-token.encryption-alg", "ECDH-ES+A256KW",
        "gatehouse.id-token.encryption-enc", "A256GCM",
        "gatehouse.decryption-key", key.location());
  }

  // The policy of signed answers goes by the algorithm, and takes response_mode jwt only.
  private static JsonObject withoutPolicy(JsonObject client) {
    return Json.createPointer("/attributes/authorization.signed.response.alg").remove(client);
  }

  private JsonObject client(String name) {
    return document.clientWithKey(name, publicUrl(name), "ES256");
  }

  private static Map<String, String> withRoles(Map<String, String> properties) {
    var all = new HashMap<>(properties);
    all.put("gatehouse.roles", "realm_access/roles");
    all.put("gatehouse.required-roles", "/who=" + ROLE);
    return all;
  }

  private static JsonObject shortLived(JsonObject client) {
    var seconds = Json.createValue(Long.toString(SHORT_LIFE.toSeconds()));
    return Json.createPointer("/attributes/access.token.lifespan").add(client, seconds);
  }

  private Path war(String issuer, String client, Map<String, String> credential) {
    var properties = new HashMap<>(credential);
    properties.put("gatehouse.provider", "oidc");
    properties.put("gatehouse.issuer", issuer);
    properties.put("gatehouse.client-id", client);
    return ConfiguredWar.create("bare.war", directory.resolve(client + ".war"), properties);
  }

  private String publicUrl(String client) {
    return tomcat.address(client).toString();
  }

  /** Returns a page of a client's application. */
  URI page(String client, String path) {
    return URI.create(publicUrl(client) + path);
  }

  /** Creates a new person with an account, who may use all applications. */
  Customer newCustomer() {
    var account = realm.createUser();
    realm.giveRole(account, ROLE);
    return new Customer(account);
  }

  Realm realm() {
    return realm;
  }

  Path directory() {
    return directory;
  }

  ClientDocument document() {
    return document;
  }

  @Override
  public void close() {
    tomcat.close();
    keycloak.close();
  }

  /** Gives tests the servers, and closes them after the last test. */
  static final class Parameter implements ParameterResolver {
    private static final ExtensionContext.Namespace ALL =
        ExtensionContext.Namespace.create(Shop.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Shop.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ALL)
          .getOrComputeIfAbsent(Shop.class, it -> new Shop(), Shop.class);
    }
  }
}
