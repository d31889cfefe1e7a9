package io.gatehouse.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;

/** Throws at its start, whereupon Payara serves the application without it. */
public final class GatehouseFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** For the container. */
  public GatehouseFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    throw new ServletException("put back on purpose");
  }
}
