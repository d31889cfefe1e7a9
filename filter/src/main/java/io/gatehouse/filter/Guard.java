package io.gatehouse.filter;

import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.access.ContainerRequest;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.access.RawPath;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.web.BareRefusal;
import io.gatehouse.internal.web.CachePolicy;
import io.gatehouse.internal.web.Problem;
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
 * them, or sends their user to log in. Leaves a mark on each request that passes.
 */
final class Guard implements Filter {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final AtomicBoolean firstSeen = new AtomicBoolean();
  private final FilterRegistry all;
  private final Gatehouse gatehouse;
  private final Judgements judgements;
  private final PageAccess pages;
  private final CachePolicy cachePolicy;

  Guard(FilterRegistry all, Gatehouse gatehouse) {
    this.all = all;
    this.gatehouse = gatehouse;
    this.pages = new PageAccess(all, gatehouse);
    this.judgements = gatehouse.judgements();
    this.cachePolicy = gatehouse.cachePolicy();
  }

  /**
   * Returns the guard that the initializer has prepared for a filter.
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
      // Another application may dispatch the same request again, to another page.
      if (!staysMarked) {
        judgements.see(ofContainer);
      }
      if (behind instanceof NamedRequest named) {
        named.leave();
      }
    }
  }

  // Tomcat ends its filters before its sessions, and those before it informs listeners.
  @Override
  public void destroy() {
    gatehouse.liveSessions().applicationEnds();
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
    if (!firstSeen.get() // usually true: threads then share a value that they only read
        && !firstSeen.getAndSet(true)) {
      firstRequest(request);
    }
    var container = ContainerRequest.of(request);
    RequestWatch.pass(container);
    gatehouse.loginCookies().keepWithinBudget(container, response);
    if (RequestWatch.hasRefused(request)
        || RawPath.leaves(
            container.getServletContext().getContextPath(), container.getRequestURI())) {
      judgements.see(request);
      gatehouse.problems().sendAmbiguous(request, response);
    } else if (!all.isOwn(container)
        && (isTrace(request) || isTrace(container))) { // would show the session cookie to a script
      judgements.see(request);
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      BareRefusal.send(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "TRACE");
    } else if (gatehouse.origins().refuseHandshake(container)) {
      judgements.see(request);
      gatehouse
          .problems()
          .send(
              request,
              response,
              Problem.FORBIDDEN,
              "a WebSocket of a page whose origin gatehouse.websocket-origins does not list");
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

  // No API reports it earlier: async support of a filter in web.xml is visible only on a request.
  private static void warnThatNothingAnswersLater() {
    LOG.log(Logger.Level.WARNING, Warnings.NO_ASYNC);
  }

  // A dispatch to the judged page, or to a page that no client can request, is the application's
  // own decision. Any other dispatch, to another page or from another application, is judged like a
  // request.
  private void asynchronous(
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (judgements.areOf(request)
        || (isHidden(request) && all.comesFromJudgedPage(request, judgements))) {
      var now = tokens(request);
      pages.application(
          gatehouse.asSeenAgain(request, now),
          now.isPresent() ? cachePolicy.shown(request, response) : response,
          request,
          response,
          chain);
    } else {
      pages.serve(ofContainer, request, response, chain);
    }
  }

  private static boolean isHidden(HttpServletRequest request) {
    var path = RequestPath.target(request);
    return path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/");
  }

  // An include cannot redirect, so an include that another application may not make is omitted.
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

  // For a request that no filter has judged, the container keeps its status but shows no error
  // page.
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
    var now = tokens(request);
    // Headers that an include sets are ignored (Servlet 6.0 section 9.3).
    var isErrorPage = request.getDispatcherType() == DispatcherType.ERROR;
    chain.doFilter(
        gatehouse.asSeenAgain(request, now),
        isErrorPage && now.isPresent() ? cachePolicy.shown(request, response) : response);
  }

  private boolean mayShow(String path, HttpServletRequest request) {
    return tokens(request)
        .map(it -> gatehouse.accessCheck().allows(it.user(), request.getMethod(), path))
        .orElseGet(() -> gatehouse.rules().of(request.getMethod(), path).isPublic());
  }

  private Optional<SessionTokens> tokens(HttpServletRequest request) {
    try {
      return gatehouse.session().find(request);
    } catch (ServerUnavailableException unknown) { // unknown whether the session has been ended
      return Optional.empty();
    }
  }
}
