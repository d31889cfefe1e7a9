package io.gatehouse.internal.logout;

import io.gatehouse.internal.login.LoginCookies;
import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Problem;
import io.gatehouse.internal.web.Problems;
import io.gatehouse.internal.web.PublicUrl;
import io.gatehouse.internal.web.RequestOrigins;
import io.gatehouse.internal.web.SafeHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Ends the session here, and sends the browser to the authorization server's logout if that is
 * configured. Accepts only POST from the application's own pages.
 */
public final class LogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient UserSession session;
  private final transient PublicUrl publicUrl;
  private final transient RequestOrigins origins;
  private final transient LoginCookies cookies;
  private final transient Landing afterLogout;
  private final transient Problems problems;

  /**
   * Creates the servlet.
   *
   * @param origins the origins whose pages may log a user out
   * @param afterLogout the page for a user who is not sent to the authorization server
   */
  public LogoutServlet(
      UserSession session,
      PublicUrl publicUrl,
      RequestOrigins origins,
      LoginCookies cookies,
      Landing afterLogout,
      Problems problems) {
    this.session = session;
    this.publicUrl = publicUrl;
    this.origins = origins;
    this.cookies = cookies;
    this.afterLogout = afterLogout;
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("POST"), request, response)) {
      return;
    }
    if (!origins.isFromOwnPage(request)) {
      problems.send(request, response, Problem.FORBIDDEN, "logout from a page of another site");
      return;
    }
    var next = session.end(request);
    publicUrl.of(request).ifPresent(it -> cookies.forgetTries(response, it));
    if (next.isPresent()) {
      SafeHeaders.set(response);
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", next.get().toString());
    } else {
      afterLogout.redirect(request, response);
    }
  }
}
