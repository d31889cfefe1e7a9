package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Keys that are the same in every run, and the formats in which they are given to the code. */
public final class TestKeys {
  private TestKeys() {}

  /** Returns random numbers that are the same in every run. */
  public static SecureRandom fixedRandom(String seed) {
    try {
      var random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed.getBytes(StandardCharsets.UTF_8));
      return random;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static KeyPair ec(String curve, SecureRandom random) {
    return generate("EC", new ECGenParameterSpec(curve), random);
  }

  public static KeyPair p256(String seed) {
    return ec("secp256r1", fixedRandom(seed));
  }

  public static KeyPair p384(String seed) {
    return ec("secp384r1", fixedRandom(seed));
  }

  public static KeyPair rsa(int bits, String seed) {
    return generate(
        "RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), fixedRandom(seed));
  }

  public static KeyPair ed25519(SecureRandom random) {
    return generate("Ed25519", NamedParameterSpec.ED25519, random);
  }

  private static KeyPair generate(
      String type, AlgorithmParameterSpec parameters, SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(type);
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the key as PEM with PKCS#8. */
  public static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** The members of a private JWK. */
  public static Map<String, Object> privateJwk(KeyPair pair) {
    try {
      var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
      jwk.setPrivateKey(pair.getPrivate());
      return new LinkedHashMap<>(jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE));
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** The members of a public JWK. */
  public static Map<String, Object> publicJwk(PublicKey key) {
    try {
      return new LinkedHashMap<>(
          PublicJsonWebKey.Factory.newPublicJwk(key).toParams(OutputControlLevel.PUBLIC_ONLY));
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  /** A public JWK with a {@code kid}. */
  public static Map<String, Object> publicJwk(PublicKey key, String kid) {
    return with(publicJwk(key), "kid", kid);
  }

  /** Returns the same members and one more, or another value for one of them. */
  public static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
    var copy = new LinkedHashMap<>(members);
    copy.put(name, value);
    return copy;
  }

  public static String json(Map<String, Object> members) {
    return JsonUtil.toJson(members);
  }

  /** A JWK Set. */
  @SuppressWarnings("varargs")
  @SafeVarargs
  public static String jwks(Map<String, Object>... keys) {
    return json(Map.of("keys", List.of(keys)));
  }
}
