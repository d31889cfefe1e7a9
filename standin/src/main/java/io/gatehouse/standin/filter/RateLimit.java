package io.gatehouse.standin.filter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The rate limit of later 3.x: a number of requests per minute over token and authorize together,
 * then 429 with an empty body. The Verifier counts per address; the stand-in only ever has one, so
 * it counts all requests together.
 */
final class RateLimit extends OncePerRequestFilter {

  private static final long WINDOW_SECONDS = 60;

  private final int requestsPerMinute;
  private final Clock clock;
  private final Deque<Instant> recent = new ArrayDeque<>();

  RateLimit(int requestsPerMinute, Clock clock) {
    this.requestsPerMinute = requestsPerMinute;
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getServletPath();
    return requestsPerMinute == 0
        || (!path.equals("/oidc/token") && !path.equals("/oidc/authorize"));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (admits()) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      response.setHeader("Retry-After", String.valueOf(WINDOW_SECONDS));
    }
  }

  private synchronized boolean admits() {
    var now = clock.instant();
    while (!recent.isEmpty() && recent.peek().isBefore(now.minusSeconds(WINDOW_SECONDS))) {
      recent.remove();
    }
    if (recent.size() >= requestsPerMinute) {
      return false;
    }
    recent.add(now);
    return true;
  }
}
