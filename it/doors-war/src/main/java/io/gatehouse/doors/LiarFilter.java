package io.gatehouse.doors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A filter that shows the later filters another path than the served one, as rewriting filters do.
 * Tests add it to web.xml.
 */
public final class LiarFilter extends HttpFilter {
  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = request.getHeader("X-Path");
    chain.doFilter(path == null ? request : new Renamed(request, path), response);
  }

  private static final class Renamed extends HttpServletRequestWrapper {
    private final String path;

    private Renamed(HttpServletRequest request, String path) {
      super(request);
      this.path = path;
    }

    @Override
    public String getServletPath() {
      return path;
    }

    @Override
    public @Nullable String getPathInfo() {
      return null;
    }

    @Override
    public String getRequestURI() {
      return getContextPath() + path;
    }

    @Override
    public StringBuffer getRequestURL() {
      return new StringBuffer(
          getScheme() + "://" + getServerName() + ":" + getServerPort() + getRequestURI());
    }
  }
}
