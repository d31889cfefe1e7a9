package io.gatehouse.filter;

import io.gatehouse.LoginEvent;
import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.protocol.Client;
import io.gatehouse.protocol.EndedSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP session of a logged-in user: begun at the callback, found by each request, ended by
 * log-out, by the server, or by its age. There is none before the log-in has ended well.
 */
final class UserSession {
  // Tells a browser that keeps its session cookie from one that does not.
  private static final String WAS_THERE = "io.gatehouse.session-was-there";

  /**
   * How long and for whom a session lives.
   *
   * @param carryOver the attributes of an anonymous session that its user keeps at log-in
   */
  record Limits(Duration maxLifetime, List<String> carryOver) {}

  private final Realms realms;
  private final Limits limits;
  private final EndedSessions endedSessions;
  private final SessionRefresh refresh;
  private final Logout logout;
  private final ApiOrigins apiOrigins;
  private final Events events;
  private final Journal journal;
  private final Clock clock;

  UserSession(
      Realms realms,
      Limits limits,
      EndedSessions endedSessions,
      SessionRefresh refresh,
      Logout logout,
      ApiOrigins apiOrigins,
      Events events,
      Journal journal,
      Clock clock) {
    this.realms = realms;
    this.limits = limits;
    this.endedSessions = endedSessions;
    this.refresh = refresh;
    this.logout = logout;
    this.apiOrigins = apiOrigins;
    this.events = events;
    this.journal = journal;
    this.clock = clock;
  }

  Logout logout() {
    return logout;
  }

  ApiOrigins apiOrigins() {
    return apiOrigins;
  }

  /** What follows when a session has ended on this node. */
  void ended(SessionTokens tokens, LogoutEvent.Cause cause) {
    if (cause != LogoutEvent.Cause.LIFETIME) { // which each node sees for itself
      tellOthers(() -> endedSessions.endCopies(tokens.current().sessionName()));
    }
    journal.ended(tokens.current(), cause);
    events.fire(new LogoutEvent(tokens.user(), cause));
  }

  // Containers keep copies of sessions for a while, and Payara serves from them.
  private static void tellOthers(Runnable telling) {
    try {
      telling.run();
    } catch (ServerUnavailableException othersCannotBeTold) {
      // which the cache has logged; here it has ended all the same
    }
  }

  /**
   * The tokens of the user whose session this is. A session id from the URL counts for nothing,
   * since a link could have planted it.
   */
  Optional<SessionTokens> find(HttpServletRequest request) {
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

  /** Whether the request is that of a user who is logged in, with tokens that serve. */
  boolean serves(HttpServletRequest request) {
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
   * The session does not serve any more. One that is dead as soon as it has begun is no proof of
   * anything: that way a log-in would follow the other without end.
   */
  void noteThatItWasThere(HttpServletRequest request, SessionTokens tokens) {
    if (clock.millis() - tokens.loggedInAt() > LoginCookies.LOOP_WINDOW.toMillis()) {
      request.setAttribute(WAS_THERE, true);
    }
  }

  /** Whether the request came with the session of a log-in that does not serve any more. */
  static boolean wasThere(HttpServletRequest request) {
    return request.getAttribute(WAS_THERE) != null;
  }

  /** The tokens of the user whose session this is. */
  Optional<SessionTokens> find(HttpSession session) {
    return kept(session).filter(it -> isLive(it, session));
  }

  private static Optional<SessionTokens> kept(HttpSession session) {
    try {
      return session.getAttribute(Tokens.ATTRIBUTE) instanceof SessionTokens it
          ? Optional.of(it)
          : Optional.empty();
    } catch (IllegalStateException ended) {
      return Optional.empty();
    }
  }

  private boolean isLive(SessionTokens tokens, HttpSession session) {
    if (!realms.contain(tokens.realm())) {
      return false; // of another configuration: not ours to end
    }
    tokens.liveIn(session, this);
    return !endIfOver(tokens);
  }

  private boolean endIfOver(SessionTokens tokens) {
    if (tokens.hasEnded()) {
      return true;
    }
    var known = tokens.current();
    if (clock.millis() - tokens.loggedInAt() >= limits.maxLifetime().toMillis()) {
      tokens.endIfStill(known, LogoutEvent.Cause.LIFETIME);
      return tokens.hasEnded(); // or a new log-in came in between, and is live
    }
    var told = endedSessions.told(); // before we look: what is told meanwhile is for the next look
    if (known.livesAsOf(told)) {
      return tokens.hasEnded();
    }
    switch (endedSessions.original(known.sessionName())) {
      case ENDED -> tokens.endCopyIfStill(known);
      case GOES_ON -> {
        return tokens.current() == known; // not to be ended: it may be the same session by now
      }
      case LIVES -> {
        if (endedSessions.contain(known.sessionName())) {
          tokens.endIfStill(known, LogoutEvent.Cause.SERVER);
        } else {
          known.livedAsOf(told);
        }
      }
    }
    return tokens.hasEnded();
  }

  /**
   * The tokens of the moment, renewed if they are due.
   *
   * @throws LoginNeededException if the session has ended or cannot be renewed
   * @throws ServerUnavailableException if the access token has ended and the server is not there
   */
  TokenSet fresh(SessionTokens tokens) {
    requireLive(tokens);
    return freshOfFound(tokens);
  }

  /** The same for tokens that this request has just found to be live. */
  TokenSet freshOfFound(SessionTokens tokens) {
    return refresh.fresh(tokens);
  }

  Optional<TokenSet> freshInsteadOf(SessionTokens tokens, String refused) {
    requireLive(tokens);
    return refresh.freshInsteadOf(tokens, refused);
  }

  // A thread of the application's may hold tokens for longer than the key of their client is in
  // use.
  private void requireLive(SessionTokens tokens) {
    if (!realms.contain(tokens.realm()) || endIfOver(tokens)) {
      throw new LoginNeededException("the session has ended");
    }
  }

  /**
   * Begins the session of a user who has logged in. A user who was logged in here before goes on in
   * the same session; for anybody else it is a new one, with nothing of an earlier one but what is
   * named in {@code gatehouse.session.carry-over}. The id is a new one always.
   *
   * @param client as which the user has logged in
   * @param publicUrl the application's URL, if it is not configured; or an empty text
   */
  void begin(HttpServletRequest request, Client client, TokenSet issued, String publicUrl) {
    var realm = realms.of(client);
    var before = before(request).filter(it -> it.user().equals(issued.user()));
    var nameBefore = before.map(it -> it.current().sessionName());
    if (before.isEmpty() || !before.get().logInAgain(issued, realm) || !changeId(request)) {
      beginAnew(request, new SessionTokens(realm, publicUrl, issued.receivedAt(), issued));
    }
    // Those under the id of before.
    nameBefore.ifPresent(it -> tellOthers(() -> endedSessions.outdateCopies(it)));
    events.fire(new LoginEvent(issued.user()));
  }

  private Optional<SessionTokens> before(HttpServletRequest request) {
    try {
      return find(request);
    } catch (ServerUnavailableException unknown) { // whether the server has ended it
      return Optional.empty();
    }
  }

  private void beginAnew(HttpServletRequest request, SessionTokens tokens) {
    var carried = carriedOver(request);
    end(request);
    var session = request.getSession(true);
    carried.forEach(session::setAttribute);
    session.setAttribute(Tokens.ATTRIBUTE, tokens);
    tokens.liveIn(session, this);
    // A container may take the id that the browser asked for; an attacker may have planted it
    // there.
    request.changeSessionId();
  }

  private static boolean changeId(HttpServletRequest request) {
    try {
      request.changeSessionId();
      return true;
    } catch (IllegalStateException endedMeanwhile) {
      return false;
    }
  }

  // From a session of nobody only: what a user had is not for the next one.
  private Map<String, Object> carriedOver(HttpServletRequest request) {
    var carried = new HashMap<String, Object>();
    var session = request.getSession(false);
    if (session == null || request.isRequestedSessionIdFromURL() || kept(session).isPresent()) {
      return carried;
    }
    try {
      for (var name : limits.carryOver()) {
        var value = session.getAttribute(name);
        if (value != null) {
          carried.put(name, value);
        }
      }
    } catch (IllegalStateException ended) {
      // with all that was in it
    }
    return carried;
  }

  /**
   * Ends whatever session there is, also one whose tokens do not serve now, or that was nobody's.
   *
   * @return where to send the browser of the user whose session it was
   */
  Optional<URI> end(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    var next = own(session).map(logout::end);
    try {
      session.invalidate();
    } catch (IllegalStateException ended) {
      // as it should be
    }
    return next;
  }

  /** The tokens of a session of this configuration, whether they serve or not. */
  Optional<SessionTokens> own(HttpSession session) {
    var tokens = kept(session).filter(it -> realms.contain(it.realm()));
    tokens.ifPresent(it -> it.liveIn(session, this));
    return tokens;
  }
}
