package io.gatehouse.internal.login;

import io.gatehouse.internal.session.UserSession;
import io.gatehouse.internal.web.Landing;
import io.gatehouse.internal.web.Methods;
import io.gatehouse.internal.web.Navigation;
import io.gatehouse.internal.web.Problems;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The target of a link to log in. It takes no parameters, so no address in them can be forged; the
 * login ends on the landing page.
 */
public final class LoginServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient UserSession session;
  private final transient LoginRedirect loginRedirect;
  private final transient Landing landing;
  private final transient Problems problems;

  public LoginServlet(
      UserSession session, LoginRedirect loginRedirect, Landing landing, Problems problems) {
    this.session = session;
    this.loginRedirect = loginRedirect;
    this.landing = landing;
    this.problems = problems;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!Methods.are(List.of("GET"), request, response)) {
      return;
    }
    if (session.serves(request)) {
      landing.redirect(request, response);
    } else if (Navigation.isOf(request)) {
      loginRedirect.begin(request, response);
    } else {
      problems.sendLoginNeeded(request, response);
    }
  }
}
