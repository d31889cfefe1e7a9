package io.gatehouse.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Tells a form of our own from one that another site has put in front of the user. The session
 * cookie is SameSite=Lax, so with a form of another site there is no user at all; but another port
 * of the same host is the same site, and another origin.
 */
final class OwnPage {
  private OwnPage() {}

  /**
   * Whether a page of this application sent the request. Browsers tell by Sec-Fetch-Site, and those
   * that do not by Origin, which they send with every POST (RFC 6454 section 7.3).
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
