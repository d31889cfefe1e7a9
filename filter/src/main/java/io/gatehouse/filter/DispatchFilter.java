package io.gatehouse.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Guards further dispatches, which a filter of web.xml need not see. A forward or an include by a
 * judged page is the application's own decision; any other dispatch, such as one from another
 * application of the container, is judged like a request.
 */
final class DispatchFilter implements Filter {
  private final Guard guard;
  private final FilterRegistry all;
  private final Gatehouse gatehouse;

  DispatchFilter(FilterRegistry all, Gatehouse gatehouse) {
    this.guard = new Guard(all, gatehouse);
    this.all = all;
    this.gatehouse = gatehouse;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var http = (HttpServletRequest) request;
    if (isOwnMatter(http)) {
      if (http.getDispatcherType() == DispatcherType.FORWARD) {
        gatehouse.judgements().leave(http); // an asynchronous dispatch returns to this path
      }
      gatehouse.seeAgain(http);
      chain.doFilter(request, shown(http, (HttpServletResponse) response));
    } else {
      guard.doFilter(request, response, chain);
    }
  }

  // Jetty removes Cache-Control before the error page.
  private HttpServletResponse shown(HttpServletRequest request, HttpServletResponse response) {
    return request.getDispatcherType() == DispatcherType.ERROR && request.getUserPrincipal() != null
        ? gatehouse.cachePolicy().shown(request, response)
        : response;
  }

  private boolean isOwnMatter(HttpServletRequest request) {
    return request.getDispatcherType() != DispatcherType.ASYNC
        && (all.comesFromJudgedPage(request, gatehouse.judgements())
            || RequestWatch.hasBegunOutsideMapping(request, all))
        && !isGuardedWelcomeFile(request);
  }

  // Jetty and Open Liberty forward from a directory to its welcome file, which may have stricter
  // rules.
  private boolean isGuardedWelcomeFile(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.FORWARD
        && gatehouse.judgements().areOfDirectoryOf(request)
        && gatehouse.rules().of(request).isRestricted();
  }
}
