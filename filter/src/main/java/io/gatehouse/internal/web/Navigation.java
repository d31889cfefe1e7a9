package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * Distinguishes a person who opens a page from a script that fetches data: only a person can be
 * sent to another site to log in (Fetch Metadata Request Headers).
 */
public final class Navigation {
  private Navigation() {}

  /** Returns whether a person opens a page by this request. */
  public static boolean isOf(HttpServletRequest request) {
    if (!request.getMethod().equals("GET") || isSpeculative(request)) {
      return false;
    }
    var mode = request.getHeader("Sec-Fetch-Mode");
    if (mode != null) {
      return mode.equals("navigate");
    }
    // Browsers omit Sec-Fetch-* over plain http, and old browsers omit it everywhere.
    return accepts(request, "text/html")
        && request.getHeader("X-Requested-With") == null
        && request.getHeader("Upgrade") == null;
  }

  /** Returns whether a browser fetches the page in advance; the user may never look at it. */
  public static boolean isSpeculative(HttpServletRequest request) {
    return request.getHeader("Sec-Purpose") != null || request.getHeader("Purpose") != null;
  }

  /** Returns whether a page is a useful response, to any request. */
  public static boolean wantsPage(HttpServletRequest request) {
    var destination = request.getHeader("Sec-Fetch-Dest");
    return accepts(request, "text/html") && (destination == null || !destination.equals("empty"));
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    var accept = request.getHeader("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(type);
  }
}
