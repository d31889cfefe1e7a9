package io.gatehouse.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Discards a response that the application has begun, so that Gatehouse can answer instead. The
 * body is removed with all headers that describe it, since a {@code Content-Length} without its
 * body would keep the connection waiting (RFC 9112 section 6.3). Cookies and other headers of the
 * exchange are kept.
 */
final class BegunResponse {
  private static final Set<String> OF_THE_BODY =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "etag",
          "expires",
          "last-modified",
          "location",
          "pragma",
          "refresh",
          "retry-after",
          "trailer",
          "transfer-encoding");

  private BegunResponse() {}

  /**
   * Discards the application's output.
   *
   * @throws IllegalStateException if the response is committed
   */
  static void discard(HttpServletResponse response) {
    var kept = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var name : response.getHeaderNames()) {
      if (!isOfBody(name.toLowerCase(Locale.ROOT))) {
        kept.put(name, new ArrayList<>(response.getHeaders(name)));
      }
    }
    response.reset();
    kept.forEach((name, values) -> restore(response, name, values));
  }

  private static boolean isOfBody(String name) {
    return OF_THE_BODY.contains(name)
        || (name.startsWith("content-") && !name.startsWith("content-security-"));
  }

  // Some containers keep a few headers on reset, such as that of the session cookie.
  private static void restore(HttpServletResponse response, String name, List<String> values) {
    var there = List.copyOf(response.getHeaders(name));
    values.stream().filter(it -> !there.contains(it)).forEach(it -> response.addHeader(name, it));
  }
}
