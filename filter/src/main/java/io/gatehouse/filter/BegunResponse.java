package io.gatehouse.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that the application may begin, and that Gatehouse can then discard to answer instead.
 * The body is removed with all headers that describe it, since a {@code Content-Length} without its
 * body would keep the connection waiting (RFC 9112 section 6.3). Cookies and other headers of the
 * exchange are kept, and so is the {@code Content-Encoding} of an earlier filter, which encodes
 * whatever is written.
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

  private static final String CODING = "Content-Encoding";

  private final HttpServletResponse response;
  private final @Nullable String coding;
  private final @Nullable String charset;

  private BegunResponse(HttpServletResponse response) {
    this.response = response;
    this.coding = response.getHeader(CODING);
    this.charset = response.getCharacterEncoding();
  }

  /** Notes what earlier filters have said, before the application sees the response. */
  static BegunResponse before(HttpServletResponse response) {
    return new BegunResponse(response);
  }

  /**
   * Discards the application's output.
   *
   * @throws IllegalStateException if the response is committed
   */
  void discard() {
    var kept = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var name : response.getHeaderNames()) {
      var values = List.copyOf(response.getHeaders(name));
      if (!isOfBody(name.toLowerCase(Locale.ROOT)) && !values.isEmpty()) {
        kept.put(name, values);
      }
    }
    response.reset();
    kept.forEach(this::restore);
    if (coding != null) {
      response.setHeader(CODING, coding);
    }
    // Undertow keeps the charset on reset, and would add it to our types.
    if (!Objects.equals(charset, response.getCharacterEncoding())) {
      response.setCharacterEncoding("UTF-8");
    }
  }

  private static boolean isOfBody(String name) {
    return OF_THE_BODY.contains(name)
        || (name.startsWith("content-") && !name.startsWith("content-security-"));
  }

  // Some containers keep a few headers on reset; Jetty then sends that of a new session twice.
  private void restore(String name, List<String> values) {
    if (!List.copyOf(response.getHeaders(name)).equals(values)) {
      response.setHeader(name, values.get(0));
      values.stream().skip(1).forEach(it -> response.addHeader(name, it));
    }
  }
}
