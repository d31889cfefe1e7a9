package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.ClientSecret;
import io.gatehouse.internal.jose.JwsAlgorithm;
import io.gatehouse.internal.jose.JwsSigner;
import io.gatehouse.internal.jose.KeyReader;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.TestKeys;
import io.gatehouse.internal.jose.UnusableKeyException;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.ServerMetadata;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One client at one authorization server, and the logins that begin there. */
public final class TestLogin {
  public static final String ISSUER = "https://op.example";
  static final String CLIENT_ID = "did:key:zDnaeClient";
  static final String REDIRECT_URI = "https://app.example/shop/gatehouse/callback";
  static final Duration LOGIN_TIMEOUT = Duration.ofMinutes(5);
  static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
  static final String SECRET = "canary-secret-canary-secret-canary";
  static final KeyPair CLIENT_KEY = TestKeys.p256("the client's key");
  public static final Map<Endpoint, URI> ENDPOINTS =
      Map.of(
          Endpoint.AUTHORIZATION, URI.create(ISSUER + "/authorize"),
          Endpoint.TOKEN, URI.create(ISSUER + "/token"),
          Endpoint.JWKS, URI.create(ISSUER + "/jwks"));

  public static final IdTokenEncryption SIGNED_ONLY = new IdTokenEncryption(Optional.empty());

  private TestLogin() {}

  public static LoginKeys keys(String material) {
    return new LoginKeys(
        material.getBytes(StandardCharsets.UTF_8),
        client(Clock.systemUTC()),
        "https://app.example/shop",
        TestKeys.fixedRandom("login keys"));
  }

  public static LoginKeyRing ring(Clock clock, LoginKeys... keys) {
    return new LoginKeyRing(
        List.of(keys), TestKeys.fixedRandom("login ring"), clock, LOGIN_TIMEOUT, CLOCK_SKEW);
  }

  static PendingLogin begin(Clock clock) {
    return ring(clock, keys("material")).begin();
  }

  static ServerMetadata metadata(boolean sendsIssuer) {
    return new ServerMetadata(ISSUER, ENDPOINTS, sendsIssuer, false, Set.of());
  }

  static SigningKey signingKey() {
    try {
      var pem = TestKeys.pem(CLIENT_KEY.getPrivate()).getBytes(StandardCharsets.UTF_8);
      return KeyReader.read(pem, Optional.empty()).withKid(CLIENT_ID);
    } catch (UnusableKeyException e) {
      throw new AssertionError(e);
    }
  }

  static JwsSigner es256() {
    try {
      return JwsSigner.with(signingKey(), JwsAlgorithm.ES256);
    } catch (UnusableKeyException e) {
      throw new AssertionError(e);
    }
  }

  static JwsSigner hs256() {
    try {
      return JwsSigner.with(new ClientSecret(SECRET), JwsAlgorithm.HS256);
    } catch (UnusableKeyException e) {
      throw new AssertionError(e);
    }
  }

  static ClientAuthentication authentication(JwsSigner signer, Optional<String> typ, Clock clock) {
    return new ClientAuthentication(
        CLIENT_ID, ISSUER, typ, signer, clock, TestKeys.fixedRandom("jti"));
  }

  static Client client(Clock clock) {
    return TestClients.named(ISSUER, CLIENT_ID, clock);
  }
}
