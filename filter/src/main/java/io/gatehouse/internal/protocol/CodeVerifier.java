package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.Sha256;

/** The PKCE {@code code_verifier} (RFC 7636 section 4.1). The string form hides the value. */
final class CodeVerifier {
  private final String value;

  CodeVerifier(String value) {
    this.value = value;
  }

  /** Returns the {@code code_challenge} by the method S256 (RFC 7636 section 4.2). */
  String challenge() {
    return Base64Url.encode(Sha256.of(value));
  }

  /** Returns the value, for the token request. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "CodeVerifier[hidden]";
  }
}
