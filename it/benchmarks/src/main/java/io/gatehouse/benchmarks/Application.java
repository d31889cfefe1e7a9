package io.gatehouse.benchmarks;

import io.gatehouse.Tokens;
import io.gatehouse.filter.GatehouseFilter;
import io.gatehouse.internal.config.ConfigurationReader;
import io.gatehouse.internal.config.FilterName;
import io.gatehouse.internal.session.ClientRegistrations;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.VerifiedUser;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestListener;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** An application behind the filter, set up as a container would do it. */
final class Application {
  static final String ISSUER = "https://login.example/realms/shop";

  private static final String CLIENT_ID = "shop";
  private static final FilterChain PAGE = (request, response) -> {};

  private final KeyPair key = newKey();
  private final Clock clock = Clock.systemUTC();
  private final DeployedContext context;
  private final GatehouseFilter filter;
  private final String registration;

  Application(Map<String, String> more) {
    var properties = new HashMap<String, String>(more);
    properties.put("gatehouse.issuer", ISSUER);
    properties.put("gatehouse.client-id", CLIENT_ID);
    properties.put("gatehouse.public-url", "https://app.example/shop");
    properties.put("gatehouse.signing-key", pem(key));
    properties.put("gatehouse.warm-up", "false");
    properties.put("gatehouse.endpoints.authorization", ISSUER + "/protocol/auth");
    properties.put("gatehouse.endpoints.token", ISSUER + "/protocol/token");
    properties.put("gatehouse.endpoints.jwks", ISSUER + "/protocol/certs");
    var initParameters = new HashMap<String, String>();
    properties.forEach(
        (name, value) ->
            initParameters.put(
                name.substring("gatehouse.".length()),
                System.getProperty(name, value))); // a value set by -D takes precedence
    var configuration =
        ConfigurationReader.read(
            ConfigProvider.getConfig(),
            FilterName.alone("gatehouse"),
            initParameters,
            Application.class.getClassLoader());
    registration =
        ClientRegistrations.named(
            configuration.server(), CLIENT_ID, configuration.access().roles());
    context = DeployedContext.start(initParameters);
    filter = context.filter();
  }

  static ServletContext servletContext() {
    return (ServletContext)
        Proxy.newProxyInstance(
            Application.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static KeyPair newKey() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  private static String pem(KeyPair pair) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN PRIVATE KEY-----\n"
        + lines.encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  KeyPair key() {
    return key;
  }

  ServletRequestListener listener() {
    return context.listener();
  }

  GatehouseFilter filter() {
    return filter;
  }

  /** Returns the chain behind the filter: a page without any cost. */
  static FilterChain page() {
    return PAGE;
  }

  Servlet requestObjects() {
    return context.servlet("/gatehouse/request/*");
  }

  /** Returns a session of a logged-in user, with tokens of the usual size. */
  LightSession session(int user) {
    var session = new LightSession("session-" + user);
    session.setAttribute(Tokens.ATTRIBUTE, tokens(user));
    return session;
  }

  SessionTokens tokens(int user) {
    var now = clock.millis();
    var idToken = idToken(user);
    var set =
        new TokenSet(
            accessToken(user),
            idToken,
            Optional.of(filler("refresh " + user, 60)),
            "openid profile",
            now,
            now + 86_400_000,
            VerifiedUser.ofIdToken(idToken, Set.of()),
            0);
    return new SessionTokens(registration, "", now, set);
  }

  /** Returns the number of bytes of the tokens themselves. */
  int tokenBytes(int user) {
    return accessToken(user).length() + idToken(user).length() + filler("", 60).length();
  }

  private static String accessToken(int user) {
    return filler("{\"alg\":\"ES256\"}", 30)
        + "."
        + filler("access " + user, 700)
        + "."
        + filler("", 64);
  }

  private static String idToken(int user) {
    return filler("{\"alg\":\"ES256\"}", 30) + "." + base64(claims(user)) + "." + filler("", 64);
  }

  private static String claims(int user) {
    return """
        {"iss":"%s","aud":"%s","sub":"did:key:zDnaerGBD7Zxzau2fdfEFaaaTDYBu5XEBYdGV2BmERp%d",\
        "sid":"3d6d9f43-0b5c-4f62-a5c7-%012d","nonce":"b6UmPBFWUbqQVgUXnsvNTXlLPxWEhXiqUTJ1D1%d",\
        "iat":1790000000,"exp":1790086400,"auth_time":1790000000,"acr":"1",\
        "name":"User %d","preferred_username":"user%d","email":"user%d@app.example"}"""
        .formatted(ISSUER, CLIENT_ID, user, user, user, user, user, user);
  }

  private static String filler(String start, int bytes) {
    return base64(start + "x".repeat(Math.max(0, bytes - start.length())));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
