package io.gatehouse.internal.login;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Tells a script whether the browser has a session whose user is logged in: after a WebSocket or a
 * stream has ended, the script cannot see the reason.
 */
public final class SessionServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient UserSession session;
  private final transient Problems problems;

  public SessionServlet(UserSession session, Problems problems) {
    this.session = session;
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET"), request, response)) {
      return;
    }
    try {
      if (session.isOfUser(request)) {
        SafeHeaders.set(response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      } else {
        problems.sendLoginNeeded(request, response);
      }
    } catch (ServerUnavailableException down) {
      problems.sendUnavailable(request, response, down);
    }
  }
}
