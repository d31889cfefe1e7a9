package io.gatehouse.filter;

import io.gatehouse.internal.access.RequestPath;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Sees every request before the first filter and after the last. It refuses a path that no filter
 * can be mapped to, and detects a request that bypassed the filters of a fully guarded application.
 */
final class RequestWatch implements ServletRequestListener {
  private static final String REFUSED = "io.gatehouse.refused";
  private static final String BEGUN = "io.gatehouse.begun";
  private static final String PASSED = "io.gatehouse.passed";
  private static final String CONNECT = "CONNECT";
  private static final Pattern HIDDEN =
      Pattern.compile("(?is)(?:.*\\.\\..*)?/(?:WEB|META)-INF(?:/.*)?");
  private static final Pattern DOTS_LAST = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:;[^/]*)?$");

  private final FilterRegistry registry;
  private final Optional<Gatehouse> ofWholeApplication;

  /**
   * Creates the watch of an application.
   *
   * @param ofWholeApplication the Gatehouse of a filter that is mapped to the whole application
   */
  RequestWatch(FilterRegistry registry, Optional<Gatehouse> ofWholeApplication) {
    this.registry = registry;
    this.ofWholeApplication = ofWholeApplication;
  }

  /** Returns the watch of an application whose start has failed. */
  static RequestWatch ofClosed() {
    return new RequestWatch(new FilterRegistry(Map.of()), Optional.empty());
  }

  static RequestWatch of(List<FilterStart> starts, FilterRegistry registry) {
    return new RequestWatch(
        registry,
        starts.stream()
            .filter(it -> it.mapping().isWhole())
            .findFirst()
            .flatMap(it -> registry.named(it.name().text())));
  }

  // The pattern /* matches every path of an application, which begins with a slash or is empty
  // (Servlet 6.0 sections 3.5, 12.2). A container that derives any other path from a request
  // matches its servlets but none of its filters.
  @Override
  public void requestInitialized(ServletRequestEvent event) {
    var request = event.getServletRequest();
    if (request instanceof HttpServletRequest http && !isPath(http)) {
      request.setAttribute(REFUSED, true);
      throw new RefusedPathException();
    }
    if (request instanceof HttpServletRequest http) {
      if (ofWholeApplication.isEmpty()) {
        noteThatItBegins(http, event.getServletContext());
      } else if (CONNECT.equals(http.getMethod())) {
        http.setAttribute(PASSED, new AtomicBoolean());
      }
    }
  }

  /** Records that a request for a WebSocket over HTTP/2 has reached the filter. */
  static void pass(HttpServletRequest request) {
    if (CONNECT.equals(request.getMethod())
        && request.getAttribute(PASSED) instanceof AtomicBoolean passed) {
      passed.set(true);
    }
  }

  // When the client of a WebSocket over HTTP/2 resets the stream, Jetty clears the request's
  // attributes one by one, the filter's mark among them, while it reports the end of the request.
  // One attribute decides, since others may be gone a moment later.
  private static boolean hasPassedOrLostItsAttributes(HttpServletRequest request) {
    return CONNECT.equals(request.getMethod())
        && !(request.getAttribute(PASSED) instanceof AtomicBoolean passed && !passed.get());
  }

  // Tomcat and Payara answer 404 before the filters (Servlet 6.0 section 10.5); Payara also if two
  // dots occur anywhere before these names.
  private static boolean isHidden(HttpServletRequest request) {
    return HIDDEN.matcher(RequestPath.mapped(request)).matches();
  }

  // WildFly redirects to the directory before the filters. The path that it has matched by then may
  // be that of the directory's welcome file.
  private static boolean isDirectoryWithoutSlash(HttpServletRequest request) {
    var path = RequestPath.mapped(request);
    var uri = request.getRequestURI();
    return !uri.endsWith("/")
        && request.getHeader("Upgrade") == null
        && (path.isEmpty()
            || path.equals("/")
            || (request.getContextPath() + path).startsWith(uri + "/")
            || (DOTS_LAST.matcher(uri).find()
                && isDirectory(request, path.substring(0, path.lastIndexOf('/') + 1)))
            || (path.startsWith("/") && !path.endsWith("/") && isDirectory(request, path + "/")));
  }

  private static boolean isDirectory(HttpServletRequest request, String path) {
    try {
      var files = request.getServletContext().getResourcePaths(path);
      return files != null && !files.isEmpty(); // Payara returns an empty set for other paths
    } catch (RuntimeException oddPath) {
      return false;
    }
  }

  // Open Liberty also reports a dispatch by another application, with the context path of that
  // application.
  private void noteThatItBegins(HttpServletRequest request, ServletContext context) {
    if (String.valueOf(context.getContextPath()).equals(request.getContextPath())) {
      request.setAttribute(BEGUN, registry);
    }
  }

  /**
   * Returns whether a request began in this application while the filter is not mapped to all of
   * it: forwards and includes by an unguarded page are the application's own decision.
   */
  static boolean hasBegunOutsideMapping(ServletRequest request, FilterRegistry ofThisApplication) {
    return request.getAttribute(BEGUN) == ofThisApplication;
  }

  /**
   * Returns whether this listener has refused a request; a container may continue with the request
   * anyway.
   */
  static boolean hasRefused(ServletRequest request) {
    return request.getAttribute(REFUSED) != null;
  }

  private static boolean isPath(HttpServletRequest request) {
    var servletPath = request.getServletPath();
    if (servletPath != null && !servletPath.isEmpty()) {
      return servletPath.charAt(0) == '/';
    }
    var pathInfo = request.getPathInfo();
    return pathInfo == null || pathInfo.isEmpty() || pathInfo.charAt(0) == '/';
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    if (ofWholeApplication.isPresent()
        && event.getServletRequest() instanceof HttpServletRequest request
        && !registry.haveSeen(request)
        && !isExplained(request)) {
      ofWholeApplication.get().unguarded(request);
    }
  }

  // Refused by this listener, or by the container itself before the first filter; or answered by a
  // filter that deliberately precedes Gatehouse's.
  private static boolean isExplained(HttpServletRequest request) {
    return hasRefused(request)
        || FrontFilter.hasSeen(request)
        || hasPassedOrLostItsAttributes(request)
        || "TRACE".equals(request.getMethod())
        || isHidden(request)
        || isDirectoryWithoutSlash(request)
        || (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
            && status >= 400
            && status < 500);
  }
}
