package io.gatehouse.bare;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the requests that Gatehouse has let through to the application. */
public final class VisitsFilter extends HttpFilter {
  private static final String ATTRIBUTE = VisitsFilter.class.getName();

  private final transient AtomicLong visits = new AtomicLong();

  @Override
  public void init() {
    getServletContext().setAttribute(ATTRIBUTE, visits);
  }

  static String count(ServletContext context) {
    return String.valueOf(context.getAttribute(ATTRIBUTE));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = request.getServletPath();
    if (!path.equals("/visits") && !path.startsWith("/gatehouse")) {
      visits.incrementAndGet();
    }
    chain.doFilter(request, response);
  }
}
