package io.gatehouse.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a form of this application from one that another site shows to the user. The
 * session cookie is SameSite=Lax, so a request from another site's form has no user at all; but
 * another port of the same host is the same site, and another origin.
 */
final class OwnPage {
  private OwnPage() {}

  /**
   * Returns whether a page of this application sent the request. Browsers report this in
   * Sec-Fetch-Site; older browsers send Origin with every POST (RFC 6454 section 7.3).
   */
  static boolean sent(HttpServletRequest request) {
    return isOwn(
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        URI.create(request.getRequestURL().toString()));
  }

  static boolean isOwn(@Nullable String site, @Nullable String origin, URI address) {
    return site == null
        ? origin != null && origin.equals(address.getScheme() + "://" + address.getRawAuthority())
        : site.equals("same-origin");
  }
}
