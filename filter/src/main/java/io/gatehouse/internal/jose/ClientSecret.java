package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;

/**
 * The secret shared with the server, of at least 32 bytes (RFC 7518 section 3.2). Never printed.
 */
public final class ClientSecret {
  /** The least length: HS256 asks for a key as long as its hash. */
  public static final int LEAST_BYTES = 32;

  private final byte[] utf8;

  /**
   * @param secret the secret's text as the server holds it; its UTF-8 bytes are the HMAC key
   *     (OpenID Connect Core 10.1)
   * @throws UnusableKeyException if it is shorter than 32 bytes
   */
  public ClientSecret(String secret) throws UnusableKeyException {
    utf8 = secret.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < LEAST_BYTES) {
      throw new UnusableKeyException(
          "has " + utf8.length + " bytes; HMAC needs a secret of at least " + LEAST_BYTES);
    }
  }

  int length() {
    return utf8.length;
  }

  /** The bytes that other keys are derived from. */
  public byte[] keyingMaterial() {
    return utf8.clone();
  }

  @Override
  public String toString() {
    return "ClientSecret[hidden]";
  }
}
