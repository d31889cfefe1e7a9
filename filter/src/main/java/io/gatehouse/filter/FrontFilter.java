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
 * Stands before all filters where others are meant to be in front of ours: what they answer has
 * entered by the door, and is nothing that {@link RequestWatch} warns of.
 */
final class FrontFilter implements Filter {
  private static final String ENTERED = "io.gatehouse.entered";

  /** Adds it where an application has accepted {@link Risk#FILTERS_IN_FRONT}. */
  static void addIfMeant(ServletContext context, FilterStart start) {
    if (start.configuration().application().acceptedRisks().contains(Risk.FILTERS_IN_FRONT)) {
      var registration =
          context.addFilter("gatehouse front " + start.name().text(), new FrontFilter());
      registration.setAsyncSupported(true);
      start.mapping().addTo(registration, EnumSet.of(DispatcherType.REQUEST));
    }
  }

  /** Returns whether a request has come as far as the first filter. */
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
