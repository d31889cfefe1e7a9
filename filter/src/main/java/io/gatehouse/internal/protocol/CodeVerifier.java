package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** PKCE's {@code code_verifier} (RFC 7636 section 4.1). Never printed. */
final class CodeVerifier {
  private final String value;

  CodeVerifier(String value) {
    this.value = value;
  }

  /** {@code code_challenge} by the method S256, RFC 7636 section 4.2. */
  String challenge() {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return Base64Url.encode(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
