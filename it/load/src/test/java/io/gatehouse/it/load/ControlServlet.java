package io.gatehouse.it.load;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.Session;

/**
 * Reports the number of sessions of the application, and ends them all. This servlet is not behind
 * the measured filter.
 */
final class ControlServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Context application;

  ControlServlet(Context application) {
    this.application = application;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var sessions = application.getManager().findSessions();
    switch (request.getServletPath()) {
      case "/forget" -> {
        for (Session session : sessions) {
          session.expire();
        }
      }
      case "/pin" -> PinnedOnPurpose.once();
      default -> {
        // only asked
      }
    }
    response.setContentType("text/plain");
    response.getWriter().print(sessions.length);
  }
}
