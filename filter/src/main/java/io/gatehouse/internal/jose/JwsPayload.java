package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The payload of a JWS that was verified earlier, or is only displayed (RFC 7515 section 3.1). */
public final class JwsPayload {
  private JwsPayload() {}

  /**
   * Returns the payload as text, such as the claims of an ID token as JSON.
   *
   * @param compactJws a JWS in compact serialization
   * @throws IllegalArgumentException if the text is not in compact serialization
   */
  public static String of(String compactJws) {
    var parts = compactJws.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a JWS in compact serialization");
    }
    return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
  }
}
