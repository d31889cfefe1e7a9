package io.gatehouse.protocol;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code application/x-www-form-urlencoded}, RFC 6749 appendix B. */
final class FormEncoding {
  private FormEncoding() {}

  static String encode(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(it -> encode(it.getKey()) + "=" + encode(it.getValue()))
        .collect(Collectors.joining("&"));
  }

  // A space as %20 is read the same by those who decode forms and those who decode only URLs.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
