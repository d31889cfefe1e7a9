package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.JweDecrypter;
import io.gatehouse.internal.jose.RejectedJwtException;
import java.util.Optional;

/**
 * Whether the server's ID tokens come encrypted, as is agreed on with it (OpenID Connect Core 1.0
 * section 10.2). Then all of them do, and else none.
 */
public final class IdTokenEncryption {
  private final Optional<JweDecrypter> decrypter;

  /**
   * @param decrypter with which they are decrypted; empty if they are signed only
   */
  public IdTokenEncryption(Optional<JweDecrypter> decrypter) {
    this.decrypter = decrypter;
  }

  /**
   * The signed token in what the server sent; what it says is not verified yet.
   *
   * @throws RejectedJwtException if it should be encrypted and is not, or not to us
   */
  String signedToken(String sent) throws RejectedJwtException {
    // One that is encrypted though none should be is no JWS, which its parser says.
    return decrypter.isPresent() ? decrypter.get().open(sent) : sent;
  }

  /**
   * The signed logout token in what the server sent. It should be encrypted where ID tokens are
   * (OpenID Connect Back-Channel Logout 1.0 section 2.6, rule 1), but Keycloak, for one, signs
   * only. That gives nobody away who is not known to the sender, and the signature decides.
   *
   * @throws RejectedJwtException if it is encrypted, and not to us
   */
  String signedLogoutToken(String sent) throws RejectedJwtException {
    return decrypter.isPresent() && JweDecrypter.isEncrypted(sent)
        ? decrypter.get().open(sent)
        : sent;
  }
}
