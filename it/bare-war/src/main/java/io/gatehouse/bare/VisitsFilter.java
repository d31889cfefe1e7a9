package io.gatehouse.bare;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what Gatehouse has let through to the application, and tells at {@code /visits}. */
public final class VisitsFilter extends HttpFilter {
  private final transient AtomicLong visits = new AtomicLong();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getServletPath().equals("/visits")) {
      PlainText.write(response, List.of(String.valueOf(visits.get())));
      return;
    }
    if (!request.getServletPath().startsWith("/gatehouse")) {
      visits.incrementAndGet();
    }
    chain.doFilter(request, response);
  }
}
