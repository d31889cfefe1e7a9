package io.gatehouse.filter;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Describes a request that bypassed the filter, with the data that helps an operator. */
final class UnguardedRequest {
  private UnguardedRequest() {}

  /**
   * Returns the protocol, the method and the mapped servlet of a request, without any text of the
   * request itself.
   */
  static String describe(HttpServletRequest request) {
    var mapping = request.getHttpServletMapping();
    var servlet = mapping == null ? null : mapping.getServletName();
    return (isPlain(request.getMethod()) ? request.getMethod() : "an invalid method")
        + " over "
        + (isPlain(request.getProtocol()) ? request.getProtocol() : "an invalid protocol")
        + ", servlet "
        + (servlet == null || servlet.isEmpty() ? "of static files" : servlet)
        + (request.getHeader("Upgrade") == null ? "" : ", with an Upgrade header");
  }

  private static boolean isPlain(@Nullable String text) {
    return text != null && text.matches("[A-Za-z0-9/.]{1,20}");
  }
}
