package io.gatehouse.filter;

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
 * The filter that an application names in its web.xml. Everything that it is mapped to needs a
 * log-in, except {@code gatehouse.public-paths}.
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
 * <p>A start that fails leaves it closed: each request gets 503. It refers to no other class of
 * ours before {@link #init}, so that it can do so whatever is missing
 * (docs/decisions/0026-closed-start.md).
 */
public final class GatehouseFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private transient @Nullable Filter guard;

  /** For the container. */
  public GatehouseFilter() {}

  // Never throws: some containers then serve the application without the filter.
  @Override
  public void init(FilterConfig config) {
    try {
      super.init(config);
      guard = Guard.behind(config);
    } catch (Throwable fault) {
      LOG.log(Logger.Level.ERROR, "the application is closed: " + reason(fault), fault);
      closeAll(config);
    }
  }

  // By its name, since that class may be the one that is missing.
  private static String reason(Throwable fault) {
    return fault.getClass().getSimpleName().equals("StartFaultException")
        ? String.valueOf(fault.getMessage())
        : fault.toString();
  }

  // Where it is still allowed, as on Jetty, whose WebSocket filter stands before this one, and on
  // Tomcat: for all paths, and before all other filters.
  private static void closeAll(FilterConfig config) {
    try {
      config
          .getServletContext()
          .getFilterRegistration(config.getFilterName())
          .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    } catch (RuntimeException | LinkageError tooLate) { // then it stays mapped as it is
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
