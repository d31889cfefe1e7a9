package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The client's private key for decryption, with its public half: EC P-256 or P-384, or RSA of at
 * least 2048 bits. The string form hides the private half.
 */
public final class DecryptionKey {
  private final PrivateKey privateKey;
  private final PublicJsonWebKey publicJwk;

  private DecryptionKey(PrivateKey privateKey, PublicJsonWebKey publicJwk) {
    this.privateKey = privateKey;
    this.publicJwk = publicJwk;
  }

  /**
   * Reads the key: a private JWK (RFC 7517), or PEM with PKCS#8. No message quotes the input.
   *
   * @param material the content of the file or property
   * @throws UnusableKeyException if the content is no key in one of these formats, is for another
   *     use, or has halves that do not belong together
   */
  public static DecryptionKey read(byte[] material) throws UnusableKeyException {
    var pair = KeyReader.pair(material);
    if (!pair.use().map("enc"::equals).orElse(true)) {
      throw new UnusableKeyException(KeyFaults.JWK_NOT_FOR_ENCRYPTION);
    }
    if (!SigningKey.signs(pair.privateKey(), pair.publicKey())) {
      throw new UnusableKeyException(KeyFaults.WRONG_PUBLIC_HALF);
    }
    try {
      var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.publicKey());
      jwk.setKeyId(pair.kid().orElseGet(() -> jwk.calculateBase64urlEncodedThumbprint("SHA-256")));
      jwk.setUse("enc");
      pair.alg().ifPresent(jwk::setAlgorithm);
      return new DecryptionKey(pair.privateKey(), jwk);
    } catch (JoseException e) {
      throw new UnusableKeyException(KeyFaults.UNWRITABLE_JWK);
    }
  }

  /** Returns whether this key can decrypt tokens encrypted by the algorithm. */
  boolean serves(JweAlgorithm algorithm) {
    return algorithm.fits(privateKey)
        && Optional.ofNullable(publicJwk.getAlgorithm())
            .map(algorithm.wireName()::equals)
            .orElse(true);
  }

  /**
   * Returns whether this key is also a signing key; one key must not serve both uses (RFC 7517
   * section 4.2).
   */
  public boolean signsToo(SigningKey other) {
    return publicKey().equals(other.publicKey());
  }

  String kid() {
    return publicJwk.getKeyId();
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  private PublicKey publicKey() {
    return publicJwk.getPublicKey();
  }

  /** Returns the public half as a JWK (RFC 7517) for the application's JWKS, for this algorithm. */
  Map<String, Object> publicJwk(JweAlgorithm algorithm) {
    var members = publicJwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    members.put("alg", algorithm.wireName());
    return members;
  }

  @Override
  public String toString() {
    return "DecryptionKey[kid=" + kid() + "]";
  }
}
