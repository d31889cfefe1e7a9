package io.gatehouse.standin.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.config.Issuer;
import java.text.ParseException;
import java.util.Optional;

/** Recognizes the tokens that this authorization server signed with its current key. */
public final class OwnTokens {

  private final SigningKey key;
  private final Issuer issuer;

  OwnTokens(SigningKey key, Issuer issuer) {
    this.key = key;
    this.issuer = issuer;
  }

  /** Reads an access token regardless of its {@code exp}; each use has its own rule for expiry. */
  public Optional<JWTClaimsSet> accessToken(String token) {
    return verify(token).filter(OwnTokens::isAccessToken);
  }

  /** Reads an id_token regardless of its {@code exp}, see {@link #accessToken}. */
  public Optional<JWTClaimsSet> idToken(String token) {
    return verify(token).filter(claims -> !isAccessToken(claims));
  }

  private static boolean isAccessToken(JWTClaimsSet claims) {
    return claims.getClaim("scope") != null; // an id_token has no scope
  }

  private Optional<JWTClaimsSet> verify(String token) {
    try {
      var jwt = SignedJWT.parse(token);
      if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
          || !jwt.verify(new ECDSAVerifier(key.current().toPublicJWK()))) {
        return Optional.empty();
      }
      var claims = jwt.getJWTClaimsSet();
      return issuer.ofTokens().equals(claims.getIssuer()) ? Optional.of(claims) : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }
}
