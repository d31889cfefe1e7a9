package io.gatehouse.filter;

import io.gatehouse.internal.message.FaultText;
import io.gatehouse.internal.message.Warnings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The filter that an application declares in its web.xml. Every path that it is mapped to requires
 * a login, except {@code gatehouse.public-paths}.
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>gatehouse</filter-name>
 *   <filter-class>io.gatehouse.filter.GatehouseFilter</filter-class>
 *   <async-supported>true</async-supported>
 * </filter>
 * <filter-mapping>
 *   <filter-name>gatehouse</filter-name>
 *   <url-pattern>/*</url-pattern>
 * </filter-mapping>
 * }</pre>
 *
 * <p>If the start fails, the filter stays closed: each request gets 503. This class refers to no
 * other Gatehouse class before {@link #init}, so that it can answer even if classes are missing
 * (docs/decisions/0026-closed-start.md).
 */
public final class GatehouseFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private transient @Nullable Filter guard;

  /** Creates the filter, for the container. */
  public GatehouseFilter() {}

  // Never throws: some containers would then serve the application without the filter.
  @Override
  public void init(FilterConfig config) {
    try {
      super.init(config);
      guard = Guard.behind(config);
    } catch (Throwable fault) {
      report(fault);
      closeAll(config);
    }
  }

  // The class that tells what may be logged of an exception may be missing itself.
  private static void report(Throwable fault) {
    try {
      LOG.log(
          Logger.Level.ERROR,
          Warnings.CLOSED.formatted(FaultText.of(fault)),
          FaultText.traceOf(fault));
    } catch (LinkageError missing) {
      LOG.log(Logger.Level.ERROR, Warnings.CLOSED.formatted(fault.getClass().getName()));
    }
  }

  // Maps this filter to all paths, before all other filters, if the container still permits it:
  // Tomcat does, and Jetty, whose WebSocket filter precedes this one.
  private static void closeAll(FilterConfig config) {
    try {
      config
          .getServletContext()
          .getFilterRegistration(config.getFilterName())
          .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    } catch (RuntimeException | LinkageError tooLate) { // keeps its mapping
    }
  }

  @Override
  public void destroy() {
    var ready = guard;
    if (ready != null) {
      ready.destroy();
    }
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var ready = guard;
    if (ready == null) {
      ClosedPage.send(request, response);
    } else {
      ready.doFilter(request, response, chain);
    }
  }
}
