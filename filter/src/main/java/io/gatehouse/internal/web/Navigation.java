package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Distinguishes a person who opens a page from a script that fetches data: only a person can be
 * sent to another site to log in (Fetch Metadata Request Headers).
 */
public final class Navigation {
  private static final List<String> PURPOSES =
      List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");
  // Of browsers, past and present: "prefetch;prerender", "prefetch;anonymous-client-ip", Safari's
  // "preview" and "instant".
  private static final Pattern IN_ADVANCE =
      Pattern.compile("(?i)(?<![\\w-])(?:prefetch|prerender|preview|instant)(?![\\w-])");
  private static final Set<String> FRAMES =
      Set.of("iframe", "frame", "fencedframe", "object", "embed");

  private Navigation() {}

  /** Returns whether a person opens a page by this request. */
  public static boolean isOf(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")
        || isSpeculative(request)
        || request.getHeader("Range") != null) { // of a download, which a login page would complete
      return false;
    }
    var mode = request.getHeader("Sec-Fetch-Mode");
    if (mode != null) {
      return mode.equals("navigate") && !isInFrame(request);
    }
    // Browsers omit Sec-Fetch-* over plain http, and old browsers omit it everywhere.
    return accepts(request, "text/html")
        && request.getHeader("X-Requested-With") == null
        && !Handshake.isOf(request);
  }

  /** Returns whether a browser fetches the page in advance; the user may never look at it. */
  public static boolean isSpeculative(HttpServletRequest request) {
    for (var name : PURPOSES) {
      var purpose = request.getHeader(name);
      if (purpose != null && IN_ADVANCE.matcher(purpose).find()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether a page opens inside another page, where no person can complete a login (Fetch
   * Metadata Request Headers, {@code Sec-Fetch-Dest}).
   */
  public static boolean isInFrame(HttpServletRequest request) {
    var destination = request.getHeader("Sec-Fetch-Dest");
    return destination != null && FRAMES.contains(destination);
  }

  /** Returns whether a page is a useful response, to any request. */
  public static boolean wantsPage(HttpServletRequest request) {
    var destination = request.getHeader("Sec-Fetch-Dest");
    return accepts(request, "text/html") && (destination == null || !destination.equals("empty"));
  }

  /** Returns whether a request opens an event stream (HTML, Server-sent events). */
  public static boolean wantsEvents(HttpServletRequest request) {
    return request.getMethod().equals("GET") && accepts(request, "text/event-stream");
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    var accept = request.getHeader("Accept");
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(type);
  }
}
