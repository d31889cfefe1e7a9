package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Signs JWTs with one key under one algorithm, both fixed at creation, in JWS compact serialization
 * (RFC 7515 section 7.1). Safe for use by multiple threads.
 */
public final class JwsSigner {
  private final JwsAlgorithm algorithm;
  private final Key key;
  private final Optional<String> kid;
  private final Optional<JcaProvider> provider;

  private JwsSigner(
      JwsAlgorithm algorithm, Key key, Optional<String> kid, Optional<JcaProvider> provider) {
    this.algorithm = algorithm;
    this.key = key;
    this.kid = kid;
    this.provider = provider;
  }

  /**
   * Returns a signer with a private key.
   *
   * @throws UnusableKeyException if the algorithm does not fit this key's type, curve and size
   */
  public static JwsSigner with(SigningKey key, JwsAlgorithm algorithm) throws UnusableKeyException {
    if (!algorithm.signs() || !algorithm.fits(key.privateKey())) {
      throw new UnusableKeyException(KeyFaults.SIGNING_KEY_MISFIT, algorithm.wireName());
    }
    return new JwsSigner(algorithm, key.privateKey(), Optional.of(key.kid()), Optional.empty());
  }

  /**
   * Returns a signer with the client secret.
   *
   * @throws UnusableKeyException if the algorithm is not an HMAC, or the secret is shorter than its
   *     hash
   */
  public static JwsSigner with(ClientSecret secret, JwsAlgorithm algorithm)
      throws UnusableKeyException {
    if (!algorithm.isSymmetric()) {
      throw new UnusableKeyException(KeyFaults.SECRET_MISFIT, algorithm.wireName());
    }
    if (secret.length() < algorithm.hashBytes()) {
      throw new UnusableKeyException(
          KeyFaults.SHORT_SECRET_FOR_ALGORITHM, algorithm.wireName(), algorithm.hashBytes());
    }
    return new JwsSigner(
        algorithm, new HmacKey(secret.keyingMaterial()), Optional.empty(), Optional.empty());
  }

  /**
   * Returns the same signer, with signatures computed by this provider; with a client secret the
   * provider has no effect.
   *
   * @throws UnusableKeyException if the provider cannot sign with the key under the algorithm
   */
  public JwsSigner by(JcaProvider other) throws UnusableKeyException {
    var signer = new JwsSigner(algorithm, key, kid, Optional.of(other));
    try {
      signer.compact(Optional.empty(), Map.of());
      return signer;
    } catch (JoseException | RuntimeException e) {
      throw new UnusableKeyException(KeyFaults.REFUSED_BY_PROVIDER, algorithm.wireName());
    }
  }

  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Returns a signed JWT.
   *
   * @param typ the {@code typ} header, so that no JWT is accepted as one of another kind (RFC 8725
   *     section 3.11); empty for none
   * @param claims the claims, in the order in which they are written
   */
  public String sign(Optional<String> typ, Map<String, ?> claims) {
    try {
      return compact(typ, claims);
    } catch (JoseException e) {
      throw new IllegalStateException("the key was tried when it was read", e);
    }
  }

  private String compact(Optional<String> typ, Map<String, ?> claims) throws JoseException {
    var jws = new JsonWebSignature();
    provider.map(JcaProvider::context).ifPresent(jws::setProviderContext);
    jws.setAlgorithmHeaderValue(algorithm.wireName());
    typ.ifPresent(it -> jws.setHeader("typ", it));
    kid.ifPresent(jws::setKeyIdHeaderValue);
    jws.setPayload(JsonUtil.toJson(claims));
    jws.setKey(key);
    return jws.getCompactSerialization();
  }
}
