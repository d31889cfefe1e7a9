package io.gatehouse.holes;

import io.gatehouse.filter.GatehouseFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** A filter of the application that has ours inside. */
public final class DelegatingFilter implements Filter {
  private final GatehouseFilter inside = new GatehouseFilter();

  /** For the container. */
  public DelegatingFilter() {}

  @Override
  public void init(FilterConfig config) throws ServletException {
    inside.init(config);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    inside.doFilter(request, response, chain);
  }
}
