package io.gatehouse.standin.filter;

import io.gatehouse.standin.config.Line;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The reverse proxy in front of 3.x: removes the prefix from paths of the authorization server, and
 * answers 404 without it. The paths {@code /api/} and {@code /standin/} need no prefix.
 */
final class Prefix extends OncePerRequestFilter {

  private final String prefix;

  Prefix(Line line) {
    this.prefix = line.prefix();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = request.getRequestURI();
    if (path.startsWith(prefix + "/")) {
      chain.doFilter(new Stripped(request, prefix.length()), response);
    } else if (path.startsWith("/api/") || path.startsWith("/standin/")) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static final class Stripped extends HttpServletRequestWrapper {

    private final int length;

    Stripped(HttpServletRequest request, int length) {
      super(request);
      this.length = length;
    }

    @Override
    public String getRequestURI() {
      return super.getRequestURI().substring(length);
    }

    @Override
    public String getServletPath() {
      return super.getServletPath().substring(length);
    }
  }
}
