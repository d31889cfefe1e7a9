package io.gatehouse.internal.web;

import io.gatehouse.internal.server.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The origins whose pages may log a user out or open a WebSocket. Browsers send the session cookie
 * with both from any page of the same site, and state the page by {@code Origin} (Fetch, "append a
 * request Origin header") and {@code Sec-Fetch-Site} (Fetch Metadata Request Headers). Each that is
 * present must fit, once: docs/decisions/0036-contradictions.md.
 */
public final class RequestOrigins {
  private final PublicUrl publicUrl;
  private final Set<String> others;

  /**
   * Creates the origins.
   *
   * @param others the origins that may open a WebSocket, beside the application's own
   */
  public RequestOrigins(PublicUrl publicUrl, List<URI> others) {
    this.publicUrl = publicUrl;
    this.others = others.stream().map(Origin::of).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns whether a browser states that a page of the application sends the request. */
  public boolean isFromOwnPage(HttpServletRequest request) {
    var origin = HeaderValues.of(request, "Origin");
    var site = HeaderValues.of(request, "Sec-Fetch-Site");
    if (origin.isAbsent()) {
      return isOwn(site);
    }
    // The form of a page with Referrer-Policy: no-referrer.
    return isOwn(request, origin)
        ? site.isAbsent() || isOwn(site)
        : origin.isOnly("null") && site.isOnly("same-origin");
  }

  /**
   * Returns whether a request is a handshake from a page that must not open a WebSocket (RFC 6455
   * section 10.2). A client that is no browser sends neither header, and has no cookie of a user to
   * misuse.
   */
  public boolean refuseHandshake(HttpServletRequest request) {
    if (!Handshake.isOf(request)) {
      return false;
    }
    var origin = HeaderValues.of(request, "Origin");
    var site = HeaderValues.of(request, "Sec-Fetch-Site");
    if (origin.isAbsent() && site.isAbsent()) {
      return false;
    }
    // A page of a listed origin is same-origin where the application has two addresses.
    var isListed = origin.isOnly(others::contains) && (site.isAbsent() || site.isOnly(it -> true));
    return !isListed && (origin.isOnly("null") || !isFromOwnPage(request));
  }

  private static boolean isOwn(HeaderValues site) {
    return site.isOnly("same-origin") || site.isOnly("none");
  }

  private boolean isOwn(HttpServletRequest request, HeaderValues origin) {
    return publicUrl
        .of(request)
        .map(URI::create)
        .map(Origin::of)
        .filter(origin::isOnly)
        .isPresent();
  }
}
