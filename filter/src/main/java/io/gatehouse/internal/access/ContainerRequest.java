package io.gatehouse.internal.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Finds the container's own request. The container chooses the resource by the path of this
 * request, whatever wrappers earlier filters have put around it.
 */
public final class ContainerRequest {
  private ContainerRequest() {}

  /** Returns the container's request beneath all wrappers of the application. */
  public static HttpServletRequest of(HttpServletRequest request) {
    if (!(request instanceof ServletRequestWrapper)) {
      return request;
    }
    var innermost = beneath(request);
    return request.getDispatcherType() == DispatcherType.REQUEST
        ? innermost
        : outermostOf(innermost.getClass().getClassLoader(), request);
  }

  private static HttpServletRequest beneath(HttpServletRequest request) {
    var it = request;
    while (it instanceof ServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
      it = wrapped;
    }
    return it;
  }

  // Tomcat, Payara and Jetty represent the path of a further dispatch by a wrapper of their own.
  private static HttpServletRequest outermostOf(
      ClassLoader ofContainer, HttpServletRequest request) {
    var it = request;
    while (it.getClass().getClassLoader() != ofContainer
        && it instanceof ServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
      it = wrapped;
    }
    return it;
  }
}
