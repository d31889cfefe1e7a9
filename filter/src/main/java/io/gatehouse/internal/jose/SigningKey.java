package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The client's private key with its public half: EC P-256 or P-384, RSA of at least 2048 bits, or
 * Ed25519. The string form hides the private half.
 */
public final class SigningKey {
  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final String kid;
  private final JwsAlgorithm preferred;

  private SigningKey(
      PrivateKey privateKey, PublicKey publicKey, String kid, JwsAlgorithm preferred) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.kid = kid;
    this.preferred = preferred;
  }

  static SigningKey of(
      PrivateKey privateKey,
      PublicKey publicKey,
      Optional<String> kid,
      Optional<JwsAlgorithm> wanted)
      throws UnusableKeyException {
    var preferred = wanted.isPresent() ? wanted.get() : defaultAlgorithm(publicKey);
    if (!preferred.fits(publicKey) || !preferred.fits(privateKey)) {
      throw new UnusableKeyException(KeyFaults.KEY_MISFIT, preferred.wireName());
    }
    requirePair(privateKey, publicKey);
    return new SigningKey(
        privateKey, publicKey, kid.isPresent() ? kid.get() : thumbprint(publicKey), preferred);
  }

  private static JwsAlgorithm defaultAlgorithm(PublicKey key) throws UnusableKeyException {
    return Stream.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.RS256, JwsAlgorithm.EDDSA)
        .filter(it -> it.fits(key))
        .findFirst()
        .orElseThrow(() -> new UnusableKeyException(KeyFaults.UNSUPPORTED_KEY));
  }

  // A JWK may combine the private half of one key and the public half of another.
  private static void requirePair(PrivateKey privateKey, PublicKey publicKey)
      throws UnusableKeyException {
    if (!signs(privateKey, publicKey)) {
      throw new UnusableKeyException(KeyFaults.WRONG_PUBLIC_HALF);
    }
  }

  static boolean signs(PrivateKey privateKey, PublicKey publicKey) {
    try {
      var signature = Signature.getInstance(probeAlgorithm(privateKey));
      var message = new byte[] {1};
      signature.initSign(privateKey);
      signature.update(message);
      var signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException notAPair) {
      return false;
    }
  }

  private static String probeAlgorithm(PrivateKey key) {
    if (key instanceof ECPrivateKey) {
      return "SHA256withECDSA";
    }
    if (key instanceof RSAPrivateKey) {
      return "SHA256withRSA";
    }
    return key.getAlgorithm(); // EdDSA names both the key and the signature
  }

  private static String thumbprint(PublicKey key) throws UnusableKeyException {
    return jwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
  }

  private static PublicJsonWebKey jwk(PublicKey key) throws UnusableKeyException {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(key);
    } catch (JoseException e) {
      throw new UnusableKeyException(KeyFaults.UNWRITABLE_JWK);
    }
  }

  /** Returns the {@code kid}: the JWK's own, otherwise its SHA-256 thumbprint (RFC 7638). */
  public String kid() {
    return kid;
  }

  /** Returns the same key under another {@code kid}. */
  public SigningKey withKid(String otherKid) {
    return new SigningKey(privateKey, publicKey, otherKid, preferred);
  }

  /** Returns the JWK's {@code alg}, otherwise the usual algorithm for a key of this type. */
  public JwsAlgorithm preferredAlgorithm() {
    return preferred;
  }

  /**
   * Returns the key's {@code did:key}.
   *
   * @throws UnusableKeyException if the key is not on the curve P-256
   */
  public String didKey() throws UnusableKeyException {
    if (!(publicKey instanceof ECPublicKey ec) || !JwsAlgorithm.ES256.fits(publicKey)) {
      throw new UnusableKeyException(KeyFaults.UNSUPPORTED_DID_KEY);
    }
    return DidKey.of(ec);
  }

  /** Returns the public half as a JWK (RFC 7517) for the application's JWKS. */
  public Map<String, Object> publicJwk() {
    try {
      var jwk = jwk(publicKey);
      jwk.setKeyId(kid);
      jwk.setUse("sig");
      return jwk.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    } catch (UnusableKeyException e) {
      throw new IllegalStateException("the key was written as a JWK when it was read", e);
    }
  }

  /**
   * Returns the bytes from which other keys are derived: the private number, the same in every
   * format.
   */
  public byte[] keyingMaterial() {
    if (privateKey instanceof ECPrivateKey ec) {
      return ec.getS().toByteArray();
    }
    if (privateKey instanceof RSAPrivateKey rsa) {
      return rsa.getPrivateExponent().toByteArray();
    }
    return ((EdECPrivateKey) privateKey).getBytes().orElseThrow();
  }

  PublicKey publicKey() {
    return publicKey;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  @Override
  public String toString() {
    return "SigningKey[kid=" + kid + "]";
  }
}
