package io.gatehouse.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/**
 * Answers every request of an application whose start has failed, in case the container serves the
 * application anyway: Open Liberty only logs a warning if an initializer throws.
 */
final class ClosedFilter implements Filter {
  private ClosedFilter() {}

  /**
   * Places this filter before all other filters, for all paths, regardless of the mappings in
   * web.xml.
   */
  static void close(ServletContext context) {
    var registration = context.addFilter("gatehouse closed", new ClosedFilter());
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(
        EnumSet.of(
            DispatcherType.REQUEST,
            DispatcherType.FORWARD,
            DispatcherType.INCLUDE,
            DispatcherType.ASYNC),
        false,
        "/*");
    context.addListener(RequestWatch.ofClosed());
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    ClosedPage.send((HttpServletRequest) request, (HttpServletResponse) response);
  }
}
