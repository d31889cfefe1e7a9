package io.gatehouse.internal.jose;

import java.util.Base64;
import java.util.Optional;

/**
 * Encodes and decodes base64url without padding (RFC 7515 section 2), in its one canonical form.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * Decodes a text that {@link #encode} could have written; empty for any other. Texts that decode
   * to the same bytes but differ in padding or in unused bits are refused, so that a sealed value
   * has exactly one spelling.
   */
  public static Optional<byte[]> decode(String text) {
    try {
      var bytes = DECODER.decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64Url) {
      return Optional.empty();
    }
  }
}
