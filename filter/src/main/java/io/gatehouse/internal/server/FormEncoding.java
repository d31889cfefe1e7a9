package io.gatehouse.internal.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Encodes {@code application/x-www-form-urlencoded} (RFC 6749 appendix B). */
public final class FormEncoding {
  private FormEncoding() {}

  public static String encode(Map<String, String> parameters) {
    var encoded = new StringBuilder(512);
    parameters.forEach(
        (name, value) -> {
          encoded.append(encoded.length() == 0 ? "" : "&").append(encode(name));
          encoded.append('=').append(encode(value));
        });
    return encoded.toString();
  }

  // %20 for a space: form decoders and plain URL decoders both read it as a space.
  private static String encode(String text) {
    return isUnreserved(text)
        ? text
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  // Most values are unreserved, and checking costs less than encoding.
  private static boolean isUnreserved(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isUnreserved(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  // RFC 3986 section 2.3, except ~, which form encoding escapes.
  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
