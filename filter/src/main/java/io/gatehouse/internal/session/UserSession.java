package io.gatehouse.internal.session;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.protocol.EndedSessions;
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
  private final Duration maxLifetime;
  private final EndedSessions endedSessions;
  private final SessionRefresh refresh;
  private final Logout logout;
  private final ApiOrigins apiOrigins;
  private final Events events;
  private final EventRecorder recorder;
  private final Clock clock;

  public UserSession(
      ClientRegistrations registrations,
      Duration maxLifetime,
      EndedSessions endedSessions,
      SessionRefresh refresh,
      Logout logout,
      ApiOrigins apiOrigins,
      Events events,
      EventRecorder recorder,
      Clock clock) {
    this.registrations = registrations;
    this.maxLifetime = maxLifetime;
    this.endedSessions = endedSessions;
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
  public void ended(RenewableTokens tokens, LogoutEvent.Cause cause) {
    if (cause != LogoutEvent.Cause.LIFETIME) { // each node detects this itself
      tellOthers(() -> endedSessions.endCopies(tokens.current().sessionName()));
    }
    recorder.ended(tokens.current().audited(), cause);
    events.fire(new LogoutEvent(tokens.current().user(), cause));
  }

  // Containers keep copies of sessions for a while, and Payara serves requests from them.
  static void tellOthers(Runnable telling) {
    try {
      telling.run();
    } catch (ServerUnavailableException othersCannotBeTold) {
      // the store has logged it; here the session has ended anyway
    }
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

  /** Returns whether the request is that of a logged-in user with usable tokens. */
  public boolean serves(HttpServletRequest request) {
    var tokens = find(request);
    try {
      tokens.ifPresent(this::freshOfFound);
      return tokens.isPresent();
    } catch (LoginNeededException | ServerUnavailableException notNow) {
      tokens.ifPresent(it -> noteThatItWasThere(request, it));
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
    return !endIfOver(tokens);
  }

  private boolean endIfOver(RenewableTokens tokens) {
    if (tokens.hasEnded()) {
      return true;
    }
    var known = tokens.current();
    if (clock.millis() - tokens.loggedInAt() >= maxLifetime.toMillis()) {
      tokens.endIfStill(known, LogoutEvent.Cause.LIFETIME);
      return tokens.hasEnded(); // unless a new login has just replaced it
    }
    var told = endedSessions.told(); // before the check: later ends are for the next check
    if (known.livesAsOf(told)) {
      return tokens.hasEnded();
    }
    switch (endedSessions.original(known.sessionName())) {
      case ENDED -> tokens.endCopyIfStill(known);
      case GOES_ON -> {
        return tokens.current() == known; // not to be ended: it may be the same session
      }
      case LIVES -> {
        if (endedSessions.contains(known.sessionName())) {
          tokens.endIfStill(known, LogoutEvent.Cause.SERVER);
        } else {
          known.livedAsOf(told);
        }
      }
    }
    return tokens.hasEnded();
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
    if (!registrations.contains(tokens.registration()) || endIfOver(tokens)) {
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
    if (session == null) {
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
