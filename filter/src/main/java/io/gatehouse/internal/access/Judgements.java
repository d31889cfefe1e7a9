package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The marks that one filter leaves on requests: that it has judged them, and by which method and
 * path. A dispatch without the mark, or to another path, came round the filter.
 */
public final class Judgements {
  private static final int RECENT = 256; // a power of two
  private static final int MAX_RECENT_CHARACTERS = 128;
  private static final Object SEEN = new Object();

  // Another application of the server cannot guess it: it may hand its own requests on to us.
  private final String attribute = "io.gatehouse.judged." + UUID.randomUUID();

  // So that the page of a user costs no new object. Threads may overwrite each other's.
  private final @Nullable Judgement[] recent = new Judgement[RECENT];

  private record Judgement(String method, String servletPath, String pathInfo) {
    boolean isOf(String otherMethod, String otherServletPath, String otherPathInfo) {
      return servletPath.equals(otherServletPath)
          && pathInfo.equals(otherPathInfo)
          && method.equals(otherMethod);
    }
  }

  /** MarkerStore a request as judged by the container's method and path. */
  public void leave(HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    request.setAttribute(
        attribute,
        new Judgement(container.getMethod(), servletPath(container), pathInfo(container)));
  }

  /** The same for a request of a user who has logged in. */
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

  /** MarkerStore an include as judged by the path of the page that is included. */
  public void leaveForInclude(HttpServletRequest request, String path) {
    request.setAttribute(attribute, new Judgement(request.getMethod(), path, ""));
  }

  /**
   * Notes that the filter has seen a request, without letting it through; or takes a mark back
   * whose page has been shown, as one that another application has forwarded to.
   */
  public void see(HttpServletRequest request) {
    request.setAttribute(attribute, SEEN);
  }

  /** Returns whether the filter has seen the request at any time. */
  public boolean haveBeenOn(HttpServletRequest request) {
    return request.getAttribute(attribute) != null;
  }

  /** Returns whether this filter has judged the request, or one that has led to this dispatch. */
  public boolean areOn(HttpServletRequest request) {
    return request.getAttribute(attribute) instanceof Judgement;
  }

  /**
   * Returns whether this filter has judged the request by the very method and path that it has now.
   */
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
   * Returns whether the path of this dispatch is a file in the directory that was judged: the
   * welcome file of a container that forwards to it (Servlet 6.0 section 10.10).
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

  /** Returns whether the mark was left in this very dispatch, by its path. */
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
