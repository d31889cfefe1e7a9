package io.gatehouse.internal.jose;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Verifies JWS signatures under a fixed list of algorithms (RFC 8725 section 3.1). Only this class
 * creates a {@link VerifiedJwt}.
 */
public final class JwsVerifier {
  private final Set<JwsAlgorithm> allowed;
  private final AlgorithmConstraints constraints;

  /**
   * Creates the verifier.
   *
   * @param allowed the accepted algorithms, all of them asymmetric: the authorization server's
   *     public keys are known to everyone, and must never be used as a shared secret
   *     (CVE-2016-5431)
   */
  public JwsVerifier(Set<JwsAlgorithm> allowed) {
    if (allowed.isEmpty() || allowed.stream().anyMatch(JwsAlgorithm::isSymmetric)) {
      throw new IllegalArgumentException("only asymmetric algorithms, and at least one");
    }
    this.allowed = Set.copyOf(allowed);
    this.constraints =
        new AlgorithmConstraints(
            ConstraintType.PERMIT,
            allowed.stream().map(JwsAlgorithm::wireName).toArray(String[]::new));
  }

  /**
   * Verifies the signature with each matching key of the authorization server.
   *
   * @throws UnknownKeyException if no key has this {@code kid}
   * @throws RejectedJwtException if the algorithm is not allowed, the signature is wrong, or the
   *     payload is not a JSON object
   */
  public VerifiedJwt verify(CompactJws jws, JsonWebKeys keys)
      throws UnknownKeyException, RejectedJwtException {
    if (!allowed.contains(jws.algorithm())) {
      throw new RejectedJwtException("alg is not one that was configured (RFC 8725 3.1)");
    }
    for (var key : keys.keysFor(jws)) {
      if (isSignedBy(jws, key)) {
        return new VerifiedJwt(jws.unverifiedPayload(), jws.algorithm(), jws.typ());
      }
    }
    throw new RejectedJwtException("the signature is wrong (RFC 7515 5.2)");
  }

  private boolean isSignedBy(CompactJws jws, PublicKey key) {
    if (jws.algorithm() == JwsAlgorithm.ED25519) {
      return isSignedByEd25519(jws, key);
    }
    var signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(constraints);
    signature.setKey(key);
    try {
      signature.setCompactSerialization(jws.text());
      return signature.verifySignature();
    } catch (JoseException | RuntimeException impossible) { // such as one of another length
      return false;
    }
  }

  // jose4j knows these signatures by their older name only.
  private static boolean isSignedByEd25519(CompactJws jws, PublicKey key) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(jws.signingInput());
      return signature.verify(jws.signature());
    } catch (GeneralSecurityException impossible) { // such as one of another length
      return false;
    }
  }
}
