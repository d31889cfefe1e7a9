package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.RejectedJwtException;
import java.util.Optional;

/**
 * The agreement with the authorization server on encrypted ID tokens (OpenID Connect Core 1.0
 * section 10.2): either all ID tokens are encrypted or none is.
 */
public final class IdTokenEncryption {
  private final Optional<JweDecrypter> decrypter;

  /**
   * Creates the agreement.
   *
   * @param decrypter the decrypter for ID tokens; empty if they are only signed
   */
  public IdTokenEncryption(Optional<JweDecrypter> decrypter) {
    this.decrypter = decrypter;
  }

  /**
   * Returns the signed token in the token that the authorization server sent. The signed token is
   * not verified yet.
   *
   * @throws RejectedJwtException if the token should be encrypted and is not, or not to this client
   */
  String signedToken(String sent) throws RejectedJwtException {
    // The parser rejects an unexpectedly encrypted token, which is no JWS.
    return decrypter.isPresent() ? decrypter.get().open(sent) : sent;
  }

  /**
   * Returns the signed logout token in the token that the authorization server sent. A logout token
   * should be encrypted if ID tokens are (OpenID Connect Back-Channel Logout 1.0 section 2.6, rule
   * 1), but Keycloak, for example, only signs it. An unencrypted logout token discloses no user
   * whom the sender does not know, and the signature decides.
   *
   * @throws RejectedJwtException if the token is encrypted, and not to this client
   */
  String signedLogoutToken(String sent) throws RejectedJwtException {
    return decrypter.isPresent() && JweDecrypter.isEncrypted(sent)
        ? decrypter.get().open(sent)
        : sent;
  }
}
