package io.gatehouse.internal.jose;

import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.keys.EllipticCurves;

/**
 * The supported signature algorithms (RFC 7518 section 3.1, RFC 8037 and RFC 9864), which exclude
 * {@code none}.
 */
public enum JwsAlgorithm {
  HS256("HS256", Family.HMAC, 256, 256),
  HS384("HS384", Family.HMAC, 384, 384),
  HS512("HS512", Family.HMAC, 512, 512),
  ES256("ES256", Family.EC, 256, 256),
  ES384("ES384", Family.EC, 384, 384),
  ES512("ES512", Family.EC, 521, 512),
  RS256("RS256", Family.RSA, 2048, 256),
  RS384("RS384", Family.RSA, 2048, 384),
  RS512("RS512", Family.RSA, 2048, 512),
  PS256("PS256", Family.RSA, 2048, 256),
  PS384("PS384", Family.RSA, 2048, 384),
  PS512("PS512", Family.RSA, 2048, 512),
  EDDSA("EdDSA", Family.ED25519, 256, 512),
  /** The same signatures as {@link #EDDSA} by their newer name (RFC 9864 section 2.2). */
  ED25519("Ed25519", Family.ED25519, 256, 512);

  private enum Family {
    HMAC,
    EC,
    RSA,
    ED25519
  }

  private final String wireName;
  private final Family family;
  private final int keyBits;
  private final int hashBits;

  JwsAlgorithm(String wireName, Family family, int keyBits, int hashBits) {
    this.wireName = wireName;
    this.family = family;
    this.keyBits = keyBits;
    this.hashBits = hashBits;
  }

  /** Returns the value of the {@code alg} header. */
  public String wireName() {
    return wireName;
  }

  int hashBytes() {
    return hashBits / 8;
  }

  byte[] hash(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-" + hashBits).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-2", e);
    }
  }

  public boolean isSymmetric() {
    return family == Family.HMAC;
  }

  /** Returns the algorithm with that {@code alg} value, in exactly that spelling. */
  public static Optional<JwsAlgorithm> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /**
   * Returns whether the application can sign by this algorithm; the others are only accepted from
   * the authorization server.
   */
  public boolean signs() {
    return this != ES512 && this != ED25519;
  }

  /** Returns whether the {@code alg} of a key names this algorithm, under either of its names. */
  boolean isNamed(String alg) {
    return named(alg)
        .filter(it -> it == this || (it.family == family && family == Family.ED25519))
        .isPresent();
  }

  /** Returns all names, for a message. */
  public static String names(Stream<JwsAlgorithm> algorithms) {
    return algorithms.map(JwsAlgorithm::wireName).collect(Collectors.joining(", "));
  }

  /**
   * Returns whether a key is of this algorithm's type, curve and minimum size. The key decides (RFC
   * 8725).
   */
  boolean fits(Key key) {
    return switch (family) {
      case HMAC -> false;
      case EC ->
          key instanceof ECKey ec
              && ec.getParams() != null
              && ec.getParams()
                  .getCurve()
                  .equals(EllipticCurves.getSpec("P-" + keyBits).getCurve());
      case RSA -> key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= keyBits;
      case ED25519 -> key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519");
    };
  }
}
