package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The marks that one filter leaves on requests: that the filter has judged the request, and by
 * which method and path. A dispatch without the mark, or to another path, has bypassed the filter.
 */
public final class Judgements {
  private static final int RECENT = 256; // a power of two
  private static final int MAX_RECENT_CHARACTERS = 128;
  private static final Object SEEN = new Object();

  // Unpredictable for other applications of the container, which may hand their own requests on to
  // this one.
  private final String attribute = "io.gatehouse.judged." + UUID.randomUUID();

  // Recycled, so that a user's page costs no new object. Threads may overwrite each other's
  // entries.
  private final @Nullable Judgement[] recent = new Judgement[RECENT];

  private record Judgement(String method, String servletPath, String pathInfo) {
    boolean isOf(String otherMethod, String otherServletPath, String otherPathInfo) {
      return servletPath.equals(otherServletPath)
          && pathInfo.equals(otherPathInfo)
          && method.equals(otherMethod);
    }
  }

  /** Marks a request as judged by the container's method and path. */
  public void leave(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    request.setAttribute(
        attribute,
        new Judgement(container.getMethod(), servletPath(container), pathInfo(container)));
  }

  /** Marks a request of a logged-in user as judged, like {@link #leave}. */
  public void leaveForUser(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    request.setAttribute(
        attribute, recent(container.getMethod(), servletPath(container), pathInfo(container)));
  }

  private Judgement recent(String method, String servletPath, String pathInfo) {
    var slot = (31 * servletPath.hashCode() + pathInfo.hashCode()) & (RECENT - 1);
    var found = recent[slot];
    if (found != null && found.isOf(method, servletPath, pathInfo)) {
      return found;
    }
    var judgement = new Judgement(method, servletPath, pathInfo);
    if (servletPath.length() + pathInfo.length() + method.length() <= MAX_RECENT_CHARACTERS) {
      recent[slot] = judgement;
    }
    return judgement;
  }

  /** Marks an include as judged by the path of the included page. */
  public void leaveForInclude(HttpServletRequest request, String path) {
    request.setAttribute(attribute, new Judgement(request.getMethod(), path, ""));
  }

  /**
   * Marks a request as seen by the filter, without letting it pass; or withdraws a mark whose page
   * has been shown, for example one that another application has forwarded to.
   */
  public void see(HttpServletRequest request) {
    request.setAttribute(attribute, SEEN);
  }

  /** Returns whether the filter has ever seen the request. */
  public boolean haveBeenOn(HttpServletRequest request) {
    return request.getAttribute(attribute) != null;
  }

  /** Returns whether this filter has judged the request, or a request that led to this dispatch. */
  public boolean areOn(HttpServletRequest request) {
    return request.getAttribute(attribute) instanceof Judgement;
  }

  /** Returns whether this filter has judged the request by its current method and path. */
  public boolean areOf(HttpServletRequest request) {
    if (!(request.getAttribute(attribute) instanceof Judgement judgement)) {
      return false;
    }
    var container = ContainerRequest.of(request);
    return isOf(judgement, container) && (container == request || isOf(judgement, request));
  }

  private static boolean isOf(Judgement judgement, HttpServletRequest request) {
    return judgement.isOf(request.getMethod(), servletPath(request), pathInfo(request));
  }

  /**
   * Returns whether the path of this dispatch is a file in the judged directory: the welcome file
   * of a container that forwards to it (Servlet 6.0 section 10.10).
   */
  public boolean areOfDirectoryOf(HttpServletRequest request) {
    if (!(request.getAttribute(attribute) instanceof Judgement judgement)) {
      return false;
    }
    var directory = judgement.servletPath() + judgement.pathInfo();
    var path = RequestPath.mapped(request);
    return (directory.isEmpty() || directory.endsWith("/"))
        && path.startsWith(directory)
        && path.length() > directory.length();
  }

  /** Returns whether the mark was left in this same dispatch, by its path. */
  public boolean areOfThisDispatch(HttpServletRequest request) {
    return request.getAttribute(attribute) instanceof Judgement judgement
        && (judgement.servletPath() + judgement.pathInfo()).equals(RequestPath.target(request));
  }

  private static String servletPath(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getServletPath(), "");
  }

  private static String pathInfo(HttpServletRequest request) {
    return Objects.requireNonNullElse(request.getPathInfo(), "");
  }
}
