package io.gatehouse.internal.web;

import io.gatehouse.internal.access.AccessRules;
import io.gatehouse.internal.access.PathList;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Decides what caches may keep of the application's responses to logged-in users, where the
 * application itself does not say it (RFC 9111 section 5.2.2). A cache keeps a response without
 * {@code Cache-Control} if it has {@code Last-Modified}, and shows it to others.
 */
public final class CachePolicy {
  static final String HEADER = "Cache-Control";
  private static final String NOTHING = "no-store";
  private static final String BROWSER_ONLY = "private";

  private final AccessRules rules;
  private final PathList browserMayKeep;

  /**
   * Creates the policy. A public page may have other content for a user than for strangers, so
   * shared caches may not keep it; the browser may.
   *
   * @param browserMayKeep the protected pages whose responses the user's own browser may keep
   */
  public CachePolicy(AccessRules rules, PathList browserMayKeep) {
    this.rules = rules;
    this.browserMayKeep = browserMayKeep;
  }

  /**
   * Returns a response to a logged-in user as the application sees it: with a {@code Cache-Control}
   * that stays unless the application sets its own.
   */
  public HttpServletResponse shown(HttpServletRequest request, HttpServletResponse response) {
    var earlier = UncachedResponse.in(response);
    var mayKeep = mayKeep(request);
    if (earlier.isEmpty()) {
      var shown = new UncachedResponse(response, mayKeep ? BROWSER_ONLY : NOTHING);
      if (!mayKeep && isFromPublicPage(request, response)) {
        shown.setHeader(HEADER, NOTHING);
      }
      return shown;
    }
    if (!mayKeep) { // a public page that shows a protected one
      earlier.get().become(NOTHING);
    }
    return response;
  }

  // After startAsync() without arguments, the response comes back without its wrapper.
  private static boolean isFromPublicPage(
      HttpServletRequest request, HttpServletResponse response) {
    return request.getDispatcherType() == DispatcherType.ASYNC
        && BROWSER_ONLY.equals(response.getHeader(HEADER));
  }

  private boolean mayKeep(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.ERROR) { // of a page that is not this one
      return false;
    }
    return rules.of(request).isPublic() || browserMayKeep.contains(request);
  }
}
