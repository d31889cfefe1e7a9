package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.nio.charset.StandardCharsets;

/**
 * The secret shared with the authorization server, of at least 32 bytes (RFC 7518 section 3.2). The
 * string form hides the secret.
 */
public final class ClientSecret {
  /** The minimum length: HS256 requires a key as long as its hash. */
  public static final int LEAST_BYTES = 32;

  private final byte[] utf8;

  /**
   * Creates the secret.
   *
   * @param secret the text of the secret as the authorization server stores it; its UTF-8 bytes are
   *     the HMAC key (OpenID Connect Core 10.1)
   * @throws UnusableKeyException if the secret is shorter than 32 bytes
   */
  public ClientSecret(String secret) throws UnusableKeyException {
    utf8 = secret.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LEAST_BYTES) {
      throw new UnusableKeyException(KeyFaults.SHORT_SECRET, utf8.length, LEAST_BYTES);
    }
  }

  int length() {
    return utf8.length;
  }

  /** Returns the bytes from which other keys are derived. */
  public byte[] keyingMaterial() {
    return utf8.clone();
  }

  @Override
  public String toString() {
    return "ClientSecret[hidden]";
  }
}
