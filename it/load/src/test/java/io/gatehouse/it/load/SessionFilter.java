package io.gatehouse.it.load;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Finds the session and reads one attribute of it; creates a session for a visitor without one. */
final class SessionFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String ATTRIBUTE = "user";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var session = request.getSession(false);
    if (session == null || session.getAttribute(ATTRIBUTE) == null) {
      request.getSession().setAttribute(ATTRIBUTE, "somebody");
    }
    chain.doFilter(request, response);
  }
}
