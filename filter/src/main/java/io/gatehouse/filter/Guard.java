package io.gatehouse.filter;

import io.gatehouse.LoginNeededException;
import io.gatehouse.ServerUnavailableException;
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
  private final Gates all;
  private final Gatehouse gate;
  private final Judgements judgements;

  Guard(Gates all, Gatehouse gate) {
    this.all = all;
    this.gate = gate;
    this.judgements = gate.judgements();
  }

  /**
   * Returns the guard that the initializer has made ready for a filter.
   *
   * @throws StartFaultException if Gatehouse has not started, or not with this filter
   */
  static Guard behind(FilterConfig config) {
    var context = config.getServletContext();
    var started = context.getAttribute(Gates.GATES);
    if (started instanceof Gates gates) {
      return gates
          .named(config.getFilterName())
          .map(it -> new Guard(gates, it))
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
    var behind = gate.behind(ofContainer);
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
      case FORWARD -> page(ofContainer, request, response, chain);
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
      gate.problems().sendAmbiguous(request, response);
    } else if (!all.isOwn(container)
        && (isTrace(request) || isTrace(container))) { // shows the session cookie to a script
      judgements.see(request);
      response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
      BareRefusal.send(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "TRACE");
    } else {
      page(ofContainer, request, response, chain);
    }
  }

  private static boolean isTrace(HttpServletRequest request) {
    return "TRACE".equals(request.getMethod());
  }

  private void page(
      HttpServletRequest ofContainer,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (all.isOwn(ContainerRequest.of(request))) {
      judgements.leave(request);
      own(ofContainer, response, chain);
      return;
    }
    Optional<SessionTokens> tokens;
    try {
      tokens = gate.session().find(request);
    } catch (ServerUnavailableException unknown) { // whether the server has ended the session
      withoutServer(unknown, request, response, chain);
      return;
    }
    if (tokens.isPresent()) {
      loggedIn(tokens.get(), request, response, chain);
    } else {
      anonymous(request, response, chain);
    }
  }

  private void firstRequest(HttpServletRequest request) {
    gate.firstRequest();
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

  private void own(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (ServerUnavailableException unknown) {
      gate.problems().sendUnavailable(request, response, unknown);
    }
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
      page(ofContainer, request, response, chain);
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
    chain.doFilter(tokens.isPresent() ? gate.asSeen(request, tokens) : request, response);
  }

  private boolean mayShow(String path, HttpServletRequest request) {
    return tokens(request)
        .map(it -> gate.accessCheck().allows(it.user(), path))
        .orElseGet(() -> gate.isPublic(path));
  }

  private Optional<SessionTokens> tokens(HttpServletRequest request) {
    try {
      return gate.session().find(request);
    } catch (ServerUnavailableException unknown) { // whether the server has ended the session
      return Optional.empty();
    }
  }

  private void loggedIn(
      SessionTokens tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      gate.session().freshOfFound(tokens);
    } catch (LoginNeededException ended) {
      gate.session().noteThatItWasThere(request, tokens);
      anonymous(request, response, chain);
      return;
    } catch (ServerUnavailableException down) {
      withoutServer(down, request, response, chain);
      return;
    }
    if (gate.accessCheck().admits(tokens.user(), request, response)) {
      judgements.leaveForUser(request);
      application(Optional.of(tokens), request, response, chain);
    } else {
      judgements.see(request);
    }
  }

  // What the application asks of its tokens may turn out not to be there in the middle of a page,
  // and a public page may have no user; CDI, Jakarta REST and JSP wrap what then comes out.
  private void application(
      Optional<SessionTokens> tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(gate.asSeen(request, tokens), response);
    } catch (IOException | ServletException | RuntimeException e) {
      var ended = Causes.find(e, LoginNeededException.class);
      var down = Causes.find(e, ServerUnavailableException.class);
      if (response.isCommitted() || (ended.isEmpty() && down.isEmpty())) {
        throw e;
      }
      BegunResponse.discard(response);
      if (down.isPresent()) {
        gate.problems().sendUnavailable(request, response, down.get());
        return;
      }
      // An application that wants a log-in again and again is a loop like any other.
      gate.loginRedirect().begin(request, response, RequestPath.of(request));
    }
  }

  // A public page needs no user, so it is served while users cannot be recognized.
  private void withoutServer(
      ServerUnavailableException down,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.of(request);
    if (!path.isAmbiguous() && gate.isPublic(path, request)) {
      judgements.leave(request);
      application(Optional.empty(), request, response, chain);
    } else {
      judgements.see(request);
      gate.problems().sendUnavailable(request, response, down);
    }
  }

  private void anonymous(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.of(request);
    if (path.isAmbiguous()) {
      judgements.see(request);
      gate.problems().sendAmbiguous(request, response);
    } else if (gate.isPublic(path, request)) {
      judgements.leave(request);
      application(Optional.empty(), request, response, chain);
    } else {
      judgements.see(request);
      gate.loginRedirect().begin(request, response, path);
    }
  }
}
