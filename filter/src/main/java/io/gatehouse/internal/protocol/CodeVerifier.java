package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.Sha256;

/** PKCE's {@code code_verifier} (RFC 7636 section 4.1). Never printed. */
final class CodeVerifier {
  private final String value;

  CodeVerifier(String value) {
    this.value = value;
  }

  /** {@code code_challenge} by the method S256, RFC 7636 section 4.2. */
  String challenge() {
    return Base64Url.encode(Sha256.of(value));
  }

  /** The value, for the token request. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "CodeVerifier[hidden]";
  }
}
