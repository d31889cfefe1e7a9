package io.gatehouse.filter;

import io.gatehouse.LoginNeededException;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.access.ContainerRequest;
import io.gatehouse.internal.access.Judgements;
import io.gatehouse.internal.access.RequestPath;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.web.CachePolicy;
import io.gatehouse.internal.web.Handshake;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Serves a page to a logged-in user who may see it, or to anyone if the page is public; sends
 * everyone else to log in. Leaves a mark on each request that passes.
 */
final class PageAccess {
  private final FilterRegistry all;
  private final Gatehouse gatehouse;
  private final Judgements judgements;
  private final CachePolicy cachePolicy;

  PageAccess(FilterRegistry all, Gatehouse gatehouse) {
    this.all = all;
    this.gatehouse = gatehouse;
    this.judgements = gatehouse.judgements();
    this.cachePolicy = gatehouse.cachePolicy();
  }

  /**
   * Answers a request for a page, or passes it on.
   *
   * @param ofContainer the request as the container created it
   * @param request the same request with the session of this filter
   */
  void serve(
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
    if (request instanceof NamedRequest named) {
      named.keepToSession();
    }
    Optional<SessionTokens> tokens;
    try {
      tokens = gatehouse.session().find(request);
    } catch (ServerUnavailableException unknown) { // unknown whether the session has been ended
      withoutServer(unknown, request, response, chain);
      return;
    }
    if (tokens.isPresent()) {
      loggedIn(tokens.get(), request, response, chain);
    } else {
      anonymous(request, response, chain);
    }
  }

  private void own(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (ServerUnavailableException unknown) {
      gatehouse.problems().sendUnavailable(request, response, unknown);
    }
  }

  private void loggedIn(
      SessionTokens tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      gatehouse.session().freshOfFound(tokens);
    } catch (LoginNeededException ended) {
      gatehouse.session().noteThatItWasThere(request, tokens);
      anonymous(request, response, chain);
      return;
    } catch (ServerUnavailableException down) {
      withoutServer(down, request, response, chain);
      return;
    }
    if (gatehouse.accessCheck().admits(tokens.user(), request, response)) {
      judgements.leaveForUser(request);
      if (Handshake.isOf(request)) {
        handshake(tokens, request, response, chain);
      } else {
        application(
            gatehouse.asSeen(request, Optional.of(tokens)),
            cachePolicy.shown(request, response),
            request,
            response,
            chain);
      }
    } else {
      judgements.see(request);
    }
  }

  private void handshake(
      SessionTokens tokens,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    gatehouse.openResources().keepHandshake(tokens, request.getServletContext());
    application(gatehouse.asSeen(request, Optional.of(tokens)), response, request, response, chain);
    // The session may have ended before the WebSocket was open, and nothing been kept since.
    gatehouse.openResources().keepHandshake(tokens, request.getServletContext());
  }

  /**
   * Passes a request to the application, and answers for it if it cannot proceed without a user or
   * tokens. These may become unavailable in the middle of a page, and a public page may have none;
   * CDI, Jakarta REST and JSP wrap the resulting exception.
   *
   * @param seen the request as the application sees it
   * @param shown the response as the application sees it
   */
  void application(
      HttpServletRequest seen,
      HttpServletResponse shown,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    var begun = BegunResponse.before(response);
    try {
      chain.doFilter(seen, shown);
    } catch (IOException | ServletException | RuntimeException e) {
      var ended = Causes.find(e, LoginNeededException.class);
      var down = Causes.find(e, ServerUnavailableException.class);
      if (ended.isEmpty() && down.isEmpty()) {
        throw e;
      }
      if (!response.isCommitted()) {
        begun.discard();
        gatehouse.answers().send(down.isPresent() ? down.get() : ended.get(), request, response);
      } else if (!request.isAsyncStarted()) {
        throw e; // the container cuts the response off
      }
      completeIfStarted(request);
    }
  }

  // Nothing else would end a request that the application has made asynchronous.
  private static void completeIfStarted(HttpServletRequest request) {
    if (request.isAsyncStarted()) {
      try {
        request.getAsyncContext().complete();
      } catch (IllegalStateException endedMeanwhile) {
        // by another thread of the application
      }
    }
  }

  // A public page needs no user, so it is served even if users cannot be recognized.
  private void withoutServer(
      ServerUnavailableException down,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (gatehouse.rules().of(request).isPublic()) {
      judgements.leave(request);
      application(gatehouse.asSeen(request, Optional.empty()), response, request, response, chain);
    } else {
      judgements.see(request);
      gatehouse.problems().sendUnavailable(request, response, down);
    }
  }

  private void anonymous(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var path = RequestPath.of(request);
    if (gatehouse.rules().of(request).isPublic()) {
      judgements.leave(request);
      application(gatehouse.asSeen(request, Optional.empty()), response, request, response, chain);
    } else if (path.isAmbiguous()) {
      judgements.see(request);
      gatehouse.problems().sendAmbiguous(request, response);
    } else {
      judgements.see(request);
      gatehouse.loginRedirect().begin(request, response, path);
    }
  }
}
