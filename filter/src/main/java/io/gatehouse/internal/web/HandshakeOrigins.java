package io.gatehouse.internal.web;

import io.gatehouse.internal.server.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The origins whose pages may open a WebSocket. Browsers send the session cookie with a handshake
 * from any page of the same site, and let the page read what comes back (RFC 6455 section 10.2).
 */
public final class HandshakeOrigins {
  private final PublicUrl publicUrl;
  private final Set<String> others;

  /**
   * Creates the origins.
   *
   * @param others the origins that are permitted beside the application's own
   */
  public HandshakeOrigins(PublicUrl publicUrl, List<URI> others) {
    this.publicUrl = publicUrl;
    this.others = others.stream().map(Origin::of).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Returns whether a request is a handshake from a page that must not open a WebSocket. A client
   * that is no browser sends neither header, and has no cookie of a user to misuse.
   */
  public boolean refuse(HttpServletRequest request) {
    if (!Handshake.isOf(request)) {
      return false;
    }
    var origins = Collections.list(request.getHeaders("Origin"));
    var site = request.getHeader("Sec-Fetch-Site");
    if (origins.isEmpty()) {
      return site != null && !isOwn(site);
    }
    if (origins.size() > 1) {
      return true;
    }
    var origin = origins.get(0);
    return !others.contains(origin) && !(isOwn(request, origin) && (site == null || isOwn(site)));
  }

  private static boolean isOwn(String site) {
    return site.equals("same-origin") || site.equals("none");
  }

  private boolean isOwn(HttpServletRequest request, String origin) {
    return publicUrl
        .of(request)
        .map(URI::create)
        .map(Origin::of)
        .filter(origin::equals)
        .isPresent();
  }
}
