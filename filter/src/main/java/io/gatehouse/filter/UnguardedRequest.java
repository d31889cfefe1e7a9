package io.gatehouse.filter;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** A request that went past the filter, described by what an operator has to look for. */
final class UnguardedRequest {
  private UnguardedRequest() {}

  /** Returns its protocol, its method and the servlet that it was mapped to; no text of its own. */
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
