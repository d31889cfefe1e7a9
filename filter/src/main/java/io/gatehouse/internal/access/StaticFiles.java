package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.MalformedURLException;
import java.util.Set;

/** The static files of an application. */
final class StaticFiles {
  /** The containers' servlets for files, which ignore no suffix. */
  private static final Set<String> SERVLETS =
      Set.of(
          "org.apache.catalina.servlets.DefaultServlet",
          "io.undertow.servlet.handlers.DefaultServlet",
          "org.eclipse.jetty.ee10.servlet.DefaultServlet",
          "com.ibm.ws.webcontainer.servlet.SimpleFileServlet");

  private StaticFiles() {}

  /** Returns whether the application contains a file at a path. */
  static boolean contain(String path, HttpServletRequest request) {
    try {
      return request.getServletContext().getResource(path) != null;
    } catch (MalformedURLException | RuntimeException noPathOfAFile) {
      return false;
    }
  }

  /** Returns whether the container's own servlet serves a request as a file of the application. */
  static boolean serve(RequestPath path, HttpServletRequest request) {
    var container = ContainerRequest.of(request);
    var mapping = container.getHttpServletMapping();
    var servletName = mapping == null ? null : mapping.getServletName();
    if (path.isAmbiguous() || servletName == null) {
      return false;
    }
    var servlet = container.getServletContext().getServletRegistration(servletName);
    return servlet != null
        && SERVLETS.contains(String.valueOf(servlet.getClassName()))
        && contain(RequestPath.mapped(container), container);
  }
}
