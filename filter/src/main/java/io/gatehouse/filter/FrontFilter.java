package io.gatehouse.filter;

import io.gatehouse.internal.config.Risk;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/**
 * Marks requests before all other filters, if other filters deliberately precede Gatehouse's: a
 * response by such a filter is intended, and {@link RequestWatch} must not warn of it.
 */
final class FrontFilter implements Filter {
  private static final String ENTERED = "io.gatehouse.entered";

  /** Adds this filter if an application has accepted {@link Risk#FILTERS_IN_FRONT}. */
  static void addIfMeant(ServletContext context, FilterStart start) {
    if (start.configuration().application().acceptedRisks().contains(Risk.FILTERS_IN_FRONT)) {
      var registration =
          context.addFilter("gatehouse front " + start.name().text(), new FrontFilter());
      registration.setAsyncSupported(true);
      start.mapping().addTo(registration, EnumSet.of(DispatcherType.REQUEST));
    }
  }

  /** Returns whether a request has reached the first filter. */
  static boolean hasSeen(ServletRequest request) {
    return request.getAttribute(ENTERED) != null;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(ENTERED, true);
    chain.doFilter(request, response);
  }
}
