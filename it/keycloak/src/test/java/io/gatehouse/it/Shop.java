package io.gatehouse.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The servers of all tests, started once: Keycloak, and Tomcat with the bare application once for
 * each way of a client to prove itself. Keycloak's settings are those of docs/keycloak.md.
 */
final class Shop implements AutoCloseable {
  /** Clients, and the contexts of their applications. */
  static final String HS256 = "hs256";

  static final String ES256 = "es256";
  static final String RS256 = "rs256";
  static final String PS256 = "ps256";

  private static final List<String> WITH_KEY = List.of(ES256, RS256, PS256);
  private static final String SECRET = "an invented client secret of the tests, 51 bytes...";

  private final Path directory = ServerProcess.directory().resolveSibling("it").toAbsolutePath();
  private final ClientDocument document = ClientDocument.read();
  private final ClientJwk es256Key = newKey(ES256);
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
            war(issuer, ES256, key(es256Key)),
            war(issuer, RS256, key(newKey(RS256))),
            war(issuer, PS256, key(newKey(PS256))));
    keycloak = Keycloak.start(directory, port);
    realm = keycloak.createRealm("shop");
    realm.setPolicies(document.profiles(), document.policies());
    realm.createClient(document.clientWithSecret(HS256, publicUrl(HS256), SECRET));
    WITH_KEY.forEach(it -> realm.createClient(document.clientWithKey(it, publicUrl(it), alg(it))));
    tomcat.awaitPage(page(PS256, "/gatehouse/jwks"));
  }

  private static String alg(String client) {
    return client.toUpperCase(Locale.ROOT);
  }

  private ClientJwk newKey(String client) {
    return ClientJwk.create(directory.resolve(client + ".jwk"), alg(client));
  }

  private static Map<String, String> key(ClientJwk key) {
    return Map.of("gatehouse.signing-key", key.location());
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

  /** A page of a client's application. */
  URI page(String client, String path) {
    return URI.create(publicUrl(client) + path);
  }

  Realm realm() {
    return realm;
  }

  @Override
  public void close() {
    tomcat.close();
    keycloak.close();
  }

  /** Gives tests the servers, and ends these after the last test. */
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
