package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Distinguishes a person who opens a page from a script that fetches data: only a person can be
 * sent to another site to log in (Fetch Metadata Request Headers). Of headers that contradict each
 * other, or are there twice, the one that speaks against a person counts.
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
  // RFC 9110 section 12.4.2: "not acceptable"
  private static final Pattern REJECTED =
      Pattern.compile("(?i).*;\\s*q\\s*=\\s*0(?:\\.0*)?\\s*(?:;.*)?");

  private Navigation() {}

  /** Returns whether a person opens a page by this request. */
  public static boolean isOf(HttpServletRequest request) {
    if (!request.getMethod().equals("GET")
        || isSpeculative(request)
        || request.getHeader("Range") != null) { // of a download, which a login page would complete
      return false;
    }
    var destination = HeaderValues.of(request, "Sec-Fetch-Dest");
    if (isInFrame(request) || !(destination.isAbsent() || destination.isOnly(it -> true))) {
      return false;
    }
    var mode = HeaderValues.of(request, "Sec-Fetch-Mode");
    if (!mode.isAbsent()) {
      return mode.isOnly("navigate");
    }
    // Browsers omit Sec-Fetch-* over plain http, and old browsers omit it everywhere.
    return accepts(request, "text/html")
        && request.getHeader("X-Requested-With") == null
        && !Handshake.isOf(request);
  }

  /** Returns whether a browser fetches the page in advance; the user may never look at it. */
  public static boolean isSpeculative(HttpServletRequest request) {
    for (var name : PURPOSES) {
      if (HeaderValues.of(request, name).isAny(it -> IN_ADVANCE.matcher(it).find())) {
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
    return HeaderValues.of(request, "Sec-Fetch-Dest").isAny(FRAMES::contains);
  }

  /** Returns whether a page is a useful response, to any request. */
  public static boolean wantsPage(HttpServletRequest request) {
    return accepts(request, "text/html")
        && !HeaderValues.of(request, "Sec-Fetch-Dest").isAny("empty"::equals);
  }

  /** Returns whether a request opens an event stream (HTML, Server-sent events). */
  public static boolean wantsEvents(HttpServletRequest request) {
    return request.getMethod().equals("GET") && accepts(request, "text/event-stream");
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    return HeaderValues.of(request, "Accept")
        .isAny(it -> isRangeOf(type, it) && !REJECTED.matcher(it).matches());
  }

  private static boolean isRangeOf(String type, String mediaRange) {
    return mediaRange.split(";", 2)[0].strip().equalsIgnoreCase(type);
  }
}
