package io.gatehouse.filter;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.access.ContainerRequest;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.access.RawPath;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.web.BareRefusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Judges the requests of one filter: passes them on to the application with their user, answers
 * them, or sends their user to log in. Leaves a mark on each request that it lets through.
 */
final class Guard implements Filter {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final AtomicBoolean firstSeen = new AtomicBoolean();
  private final FilterRegistry all;
  private final Gatehouse gatehouse;
  private final Judgements judgements;
  private final PageAccess pages;

  Guard(FilterRegistry all, Gatehouse gatehouse) {
    this.all = all;
    this.gatehouse = gatehouse;
    this.pages = new PageAccess(all, gatehouse);
    this.judgements = gatehouse.judgements();
  }

  /**
   * Returns the guard that the initializer has made ready for a filter.
   *
   * @throws StartFaultException if Gatehouse has not started, or not with this filter
   */
  static Guard behind(FilterConfig config) {
    var context = config.getServletContext();
    var started = context.getAttribute(FilterRegistry.ATTRIBUTE);
    if (started instanceof FilterRegistry registry) {
      return registry
          .named(config.getFilterName())
          .map(it -> new Guard(registry, it))
          .orElseThrow(() -> StartFaultException.lateFilter(config.getFilterName()));
    }
    throw started == null
        ? StartFaultException.withoutInitializer(context.getAttribute(StartFaultException.FAULT))
        : StartFaultException.secondCopy();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var ofContainer = (HttpServletRequest) request;
    var behind = gatehouse.behind(ofContainer);
    var staysMarked =
        ofContainer.getDispatcherType() == DispatcherType.REQUEST
            || all.comesFromJudgedPage(ofContainer, judgements);
    try {
      judge(ofContainer, behind, (HttpServletResponse) response, chain);
    } finally {
      // Another application may hand the same request on once more, to another page.
      if (!staysMarked) {
        judgements.see(ofContainer);
      }
      if (behind instanceof NamedRequest named) {
        named.leave();
      }
    }
  }

  private void judge(
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    switch (request.getDispatcherType()) {
      case REQUEST -> request(ofContainer, request, response, chain);
      case FORWARD -> pages.serve(ofContainer, request, response, chain);
      case ASYNC -> asynchronous(ofContainer, request, response, chain);
      case INCLUDE -> included(request, response, chain);
      case ERROR -> errorPage(request, response, chain);
    }
  }

  private void request(
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (judgements.areOf(request)) { // mapped twice, as on Jetty before its WebSocket filter
      chain.doFilter(request, response);
      return;
    }
    if (!firstSeen.get() // nearly always: so that threads share what they only read
        && !firstSeen.getAndSet(true)) {
      firstRequest(request);
    }
    var container = ContainerRequest.of(request);
    if (RequestWatch.hasRefused(request)
        || RawPath.leaves(
            container.getServletContext().getContextPath(), container.getRequestURI())) {
      judgements.see(request);
      gatehouse.problems().sendAmbiguous(request, response);
    } else if (!all.isOwn(container)
        && (isTrace(request) || isTrace(container))) { // shows the session cookie to a script
      judgements.see(request);
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      BareRefusal.send(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "TRACE");
    } else {
      pages.serve(ofContainer, request, response, chain);
    }
  }

  private static boolean isTrace(HttpServletRequest request) {
    return "TRACE".equals(request.getMethod());
  }

  private void firstRequest(HttpServletRequest request) {
    gatehouse.firstRequest();
    if (!request.isAsyncSupported()) {
      warnThatNothingAnswersLater();
    }
  }

  // No API tells it earlier: what a filter of web.xml supports shows in a request only.
  private static void warnThatNothingAnswersLater() {
    LOG.log(
        Logger.Level.WARNING,
        "what answers asynchronously fails behind the Gatehouse filter: this filter, or one before"
            + " it, is without async support. Add <async-supported>true</async-supported> to it in"
            + " web.xml");
  }

  // Back to the page that was judged, or on to one that no client can ask for: the application's
  // own. To any other page, or from another application, as if it had been asked for.
  private void asynchronous(
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (judgements.areOf(request)
        || (isHidden(request) && all.comesFromJudgedPage(request, judgements))) {
      onward(request, response, chain);
    } else {
      pages.serve(ofContainer, request, response, chain);
    }
  }

  private static boolean isHidden(HttpServletRequest request) {
    var path = RequestPath.target(request);
    return path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/");
  }

  // An include cannot redirect, so what another application may not include is left out.
  private void included(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.target(request);
    if (all.comesFromJudgedPage(request, judgements)) {
      onward(request, response, chain);
    } else if (mayShow(path, request)) {
      judgements.leaveForInclude(request, path);
      onward(request, response, chain);
    } else {
      LOG.log(Logger.Level.DEBUG, "left out a page that another application has included");
    }
  }

  // Of a request that no filter has judged, the container keeps its status, and no page.
  private void errorPage(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (all.comesFromJudgedPage(request, judgements)) {
      onward(request, response, chain);
    } else if (mayShow(RequestPath.target(request), request)) {
      judgements.leave(request);
      onward(request, response, chain);
    }
  }

  private void onward(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var tokens = tokens(request);
    chain.doFilter(tokens.isPresent() ? gatehouse.asSeen(request, tokens) : request, response);
  }

  private boolean mayShow(String path, HttpServletRequest request) {
    return tokens(request)
        .map(it -> gatehouse.accessCheck().allows(it.user(), path))
        .orElseGet(() -> gatehouse.isPublic(path));
  }

  private Optional<SessionTokens> tokens(HttpServletRequest request) {
    try {
      return gatehouse.session().find(request);
    } catch (ServerUnavailableException unknown) { // whether the server has ended the session
      return Optional.empty();
    }
  }
}
