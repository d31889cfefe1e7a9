package io.gatehouse.internal.session;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.open.OpenResource;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP session of a logged-in user: begun at the callback, found by each request, ended by
 * logout, by the authorization server, or by its age. No session exists until login succeeds.
 */
public final class UserSession implements SessionRules {
  // Distinguishes a browser that keeps its session cookie from one that does not.
  private static final String WAS_THERE = "io.gatehouse.session-was-there";

  /** The time within which consecutive logins count as a loop. */
  public static final Duration LOOP_WINDOW = Duration.ofSeconds(60);

  private final ClientRegistrations registrations;
  private final SessionEnds ends;
  private final OpenResources openResources;
  private final SessionRefresh refresh;
  private final Logout logout;
  private final ApiOrigins apiOrigins;
  private final Events events;
  private final EventRecorder recorder;
  private final Clock clock;

  public UserSession(
      ClientRegistrations registrations,
      SessionEnds ends,
      OpenResources openResources,
      SessionRefresh refresh,
      Logout logout,
      ApiOrigins apiOrigins,
      Events events,
      EventRecorder recorder,
      Clock clock) {
    this.registrations = registrations;
    this.ends = ends;
    this.openResources = openResources;
    this.refresh = refresh;
    this.logout = logout;
    this.apiOrigins = apiOrigins;
    this.events = events;
    this.recorder = recorder;
    this.clock = clock;
  }

  public Logout logout() {
    return logout;
  }

  @Override
  public URI logOut(RenewableTokens tokens) {
    return logout.end(tokens);
  }

  @Override
  public boolean mayGoTo(URI address) {
    return apiOrigins.contains(address);
  }

  @Override
  public Tokens.Registration keepOpen(SessionTokens tokens, OpenResource resource) {
    return openResources.keep(tokens, resource);
  }

  @Override
  public void closeAllOf(SessionTokens ended) {
    openResources.closeAllOf(ended);
  }

  @Override
  public boolean tellOtherNodes(RenewableTokens ended, LogoutEvent.Cause cause) {
    return ends.tellOtherNodes(ended.current().sessionName(), cause);
  }

  // The containers of several nodes may end copies of one session. On another thread, since they
  // hold locks, and may have many sessions to end.
  @Override
  public void endedByContainer(RenewableTokens tokens) {
    openResources.execute(
        () -> {
          if (registrations.contains(tokens.registration())
              && ends.isFirstToReport(tokens.current().sessionName())) {
            ended(tokens, LogoutEvent.Cause.CONTAINER);
          }
        });
  }

  @Override
  public void ended(RenewableTokens tokens, LogoutEvent.Cause cause) {
    recorder.ended(tokens.current().audited(), cause);
    events.fire(new LogoutEvent(tokens.current().user(), cause));
  }

  /**
   * Returns the tokens of the logged-in user of a request. A session id from the URL is ignored,
   * since a link could have planted it.
   */
  public Optional<SessionTokens> find(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null || request.isRequestedSessionIdFromURL()) {
      return Optional.empty();
    }
    var kept = kept(session);
    var live = kept.filter(it -> isLive(it, session));
    if (live.isEmpty()) {
      kept.ifPresent(it -> noteThatItWasThere(request, it));
    }
    return live;
  }

  /** Returns whether the request is that of a logged-in user with tokens that are usable now. */
  public boolean serves(HttpServletRequest request) {
    var tokens = find(request);
    try {
      return areUsable(request, tokens);
    } catch (ServerUnavailableException notNow) {
      return false;
    }
  }

  /**
   * Returns whether the request is that of a logged-in user with usable tokens.
   *
   * @throws ServerUnavailableException if that cannot be determined now
   */
  public boolean isOfUser(HttpServletRequest request) {
    return areUsable(request, find(request));
  }

  private boolean areUsable(HttpServletRequest request, Optional<SessionTokens> tokens) {
    try {
      tokens.ifPresent(this::freshOfFound);
      return tokens.isPresent();
    } catch (LoginNeededException | ServerUnavailableException notNow) {
      tokens.ifPresent(it -> noteThatItWasThere(request, it));
      if (notNow instanceof ServerUnavailableException) {
        throw notNow;
      }
      return false;
    }
  }

  /**
   * Records that the request's session is no longer usable. A session that ends right after its
   * beginning does not count: otherwise logins could follow each other in an endless loop.
   */
  public void noteThatItWasThere(HttpServletRequest request, SessionTokens tokens) {
    if (clock.millis() - tokens.loggedInAt() > LOOP_WINDOW.toMillis()) {
      request.setAttribute(WAS_THERE, true);
    }
  }

  /** Returns whether the request came with a login's session that is no longer usable. */
  public static boolean wasThere(HttpServletRequest request) {
    return request.getAttribute(WAS_THERE) != null;
  }

  /** Returns the tokens of the logged-in user of a session. */
  public Optional<SessionTokens> find(HttpSession session) {
    return kept(session).filter(it -> isLive(it, session));
  }

  static Optional<SessionTokens> kept(HttpSession session) {
    try {
      return session.getAttribute(Tokens.ATTRIBUTE) instanceof SessionTokens it
          ? Optional.of(it)
          : Optional.empty();
    } catch (IllegalStateException ended) {
      return Optional.empty();
    }
  }

  private boolean isLive(SessionTokens tokens, HttpSession session) {
    if (!registrations.contains(tokens.registration())) {
      return false; // of another configuration, which alone may end it
    }
    tokens.liveIn(session, this);
    return !ends.endIfOver(tokens);
  }

  @Override
  public TokenSet fresh(RenewableTokens tokens) {
    requireLive(tokens);
    return freshOfFound(tokens);
  }

  /**
   * Returns the current tokens, renewed if due, for tokens that this request has just found to be
   * live.
   */
  public TokenSet freshOfFound(RenewableTokens tokens) {
    return refresh.fresh(tokens);
  }

  @Override
  public Optional<TokenSet> freshInsteadOf(RenewableTokens tokens, String refused) {
    requireLive(tokens);
    return refresh.freshInsteadOf(tokens, refused);
  }

  // A thread of the application may hold tokens for longer than the key of their client is in use.
  private void requireLive(RenewableTokens tokens) {
    if (!registrations.contains(tokens.registration()) || ends.endIfOver(tokens)) {
      throw new LoginNeededException("the session has ended");
    }
  }

  /**
   * Ends the session of a request, even one whose tokens are unusable now, or an anonymous one.
   *
   * @return the address to send the browser of the session's user to; empty if the session had no
   *     user
   */
  public Optional<URI> end(HttpServletRequest request) {
    var session = request.getSession(false);
    // An id in the address is nothing that the user's browser has been given.
    if (session == null || request.isRequestedSessionIdFromURL()) {
      return Optional.empty();
    }
    var next = own(session).map(logout::end);
    try {
      session.invalidate();
    } catch (IllegalStateException ended) {
      // ended already
    }
    return next;
  }

  /** Returns the tokens of a session of this configuration, usable or not. */
  public Optional<SessionTokens> own(HttpSession session) {
    var tokens = kept(session).filter(it -> registrations.contains(it.registration()));
    tokens.ifPresent(it -> it.liveIn(session, this));
    return tokens;
  }
}
