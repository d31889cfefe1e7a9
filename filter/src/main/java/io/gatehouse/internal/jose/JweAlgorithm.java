package io.gatehouse.internal.jose;

import java.security.Key;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The supported key management algorithms (RFC 7518 section 4.1): those with a key pair, except
 * {@code RSA1_5}, whose padding can be an oracle (RFC 8725 section 3.2).
 */
public enum JweAlgorithm {
  RSA_OAEP_256("RSA-OAEP-256", true),
  ECDH_ES("ECDH-ES", false),
  ECDH_ES_A128KW("ECDH-ES+A128KW", false),
  ECDH_ES_A256KW("ECDH-ES+A256KW", false);

  private final String wireName;
  private final boolean rsa;

  JweAlgorithm(String wireName, boolean rsa) {
    this.wireName = wireName;
    this.rsa = rsa;
  }

  /** Returns the value of the {@code alg} header. */
  public String wireName() {
    return wireName;
  }

  /** Returns the algorithm with that {@code alg} value, in exactly that spelling. */
  public static Optional<JweAlgorithm> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Returns all names, for a message. */
  public static String names() {
    return Arrays.stream(values()).map(JweAlgorithm::wireName).collect(Collectors.joining(", "));
  }

  /** Returns whether a key is of this algorithm's type, curve and minimum size. */
  boolean fits(Key key) {
    return rsa
        ? JwsAlgorithm.RS256.fits(key)
        : JwsAlgorithm.ES256.fits(key) || JwsAlgorithm.ES384.fits(key);
  }
}
