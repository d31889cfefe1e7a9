package io.gatehouse.internal.logout;

import io.gatehouse.internal.protocol.EndSession;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Page;
import io.gatehouse.internal.web.Problems;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The page to which the authorization server sends the browser back after a logout there. No
 * security depends on this page, since the session was ended before. A forged return is recognized
 * by its {@code state}, and shows a page (OpenID Connect RP-Initiated Logout 1.0 section 3).
 */
public final class LoggedOutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient UserSession session;
  private final transient EndSession endSession;
  private final transient Landing landing;
  private final transient Optional<Landing> afterLogout;
  private final transient Problems problems;

  /**
   * Creates the servlet.
   *
   * @param afterLogout the application's page for logged-out users; empty for Gatehouse's own page
   */
  public LoggedOutServlet(
      UserSession session,
      EndSession endSession,
      Landing landing,
      Optional<Landing> afterLogout,
      Problems problems) {
    this.session = session;
    this.endSession = endSession;
    this.landing = landing;
    this.afterLogout = afterLogout;
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET"), request, response)) {
      return;
    }
    if (session.serves(request)) {
      landing.redirect(request, response); // the user has logged in again meanwhile
    } else if (afterLogout.isPresent() && isOurs(request)) {
      afterLogout.get().redirect(request, response);
    } else {
      // A protected page would start a new login immediately.
      new Page(
              "logged-out",
              Optional.of(problems.loginUrl(request)),
              "action.login",
              Optional.empty())
          .send(request, response, HttpServletResponse.SC_OK);
    }
  }

  private boolean isOurs(HttpServletRequest request) {
    var query = request.getQueryString();
    return query != null
        && query.startsWith("state=")
        && endSession.isOurs(query.substring("state=".length()));
  }
}
