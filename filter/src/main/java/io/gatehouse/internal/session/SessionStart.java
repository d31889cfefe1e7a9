package io.gatehouse.internal.session;

import io.gatehouse.LoginEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import io.gatehouse.internal.message.FaultText;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Begins the HTTP session of a user, at the end of a successful login. */
public final class SessionStart {
  private static final int MAX_TRIES = 3;

  private final UserSession rules;
  private final ClientRegistrations registrations;
  private final List<String> carryOver;
  private final SessionEnds ends;
  private final Events events;

  /**
   * Creates the start of sessions.
   *
   * @param rules the rules of the sessions that begin here
   * @param carryOver the attributes of an anonymous session that its user keeps at login
   */
  public SessionStart(
      UserSession rules,
      ClientRegistrations registrations,
      List<String> carryOver,
      SessionEnds ends,
      Events events) {
    this.rules = rules;
    this.registrations = registrations;
    this.carryOver = carryOver;
    this.ends = ends;
    this.events = events;
  }

  /**
   * Begins the session of a user who has logged in. A user who was logged in here before continues
   * in the same session. Any other user gets a new session, which keeps only the attributes named
   * in {@code gatehouse.session.carry-over}. The session id always changes.
   *
   * @param client the client under which the user has logged in
   * @param publicUrl the application's URL; an empty text if the URL is configured
   * @return false if another login has taken over the container's session since the browser sent
   *     its request; this one has no session then
   * @throws LoginFailedException with {@link Failure#UNAVAILABLE} if the container refuses a
   *     session
   */
  public boolean begin(HttpServletRequest request, Client client, TokenSet issued, String publicUrl)
      throws LoginFailedException {
    // The id first: the tokens of a login must be in no session whose id somebody may know.
    var id = SessionIdChange.of(request);
    if (id == SessionIdChange.Outcome.OVERTAKEN) {
      return false;
    }
    var registration = registrations.of(client);
    var before = before(request).filter(it -> it.user().equals(issued.user()));
    var replaced =
        before
            .filter(it -> id == SessionIdChange.Outcome.CHANGED)
            .flatMap(it -> it.logInAgain(issued, registration));
    if (replaced.isEmpty()) {
      beginAnew(
          request, () -> new SessionTokens(registration, publicUrl, issued.receivedAt(), issued));
    }
    // Outdates the copies under the name of the login that this one replaces; another tab's may
    // have come since.
    replaced
        .or(() -> before.map(RenewableTokens::current))
        .ifPresent(it -> ends.outdateCopies(it.sessionName()));
    events.fire(new LoginEvent(issued.user()));
    return true;
  }

  private Optional<SessionTokens> before(HttpServletRequest request) {
    try {
      return rules.find(request);
    } catch (ServerUnavailableException unknown) { // unknown whether the session has been ended
      return Optional.empty();
    }
  }

  private void beginAnew(HttpServletRequest request, Supplier<SessionTokens> tokens)
      throws LoginFailedException {
    var carried = carriedOver(request);
    rules.end(request);
    for (int i = 1; ; i++) {
      requireSession(request);
      try {
        begin(request, carried, tokens.get());
        return;
      } catch (IllegalStateException endedMeanwhile) {
        if (i == MAX_TRIES) {
          throw refused("each was ended at once", endedMeanwhile);
        }
      }
    }
  }

  // Not before the code is redeemed: strangers with invented codes would get sessions, and use up
  // those that the container permits.
  private static void requireSession(HttpServletRequest request) throws LoginFailedException {
    try {
      request.getSession(true);
    } catch (RuntimeException refusal) { // of any type, such as Tomcat's at maxActiveSessions
      throw refused("too many, or their store fails", refusal);
    }
  }

  private static LoginFailedException refused(String why, RuntimeException refusal) {
    return new LoginFailedException(
        Failure.UNAVAILABLE,
        "the container gives the user no session (%s): %s".formatted(why, FaultText.of(refusal)));
  }

  // A container may adopt the id that the browser sent, which an attacker may have planted, so
  // nothing of the user is in the session before the id has changed. Until then, whoever knows the
  // id can also end the session.
  private void begin(
      HttpServletRequest request, Map<String, Object> carried, SessionTokens tokens) {
    request.changeSessionId();
    var session = request.getSession(false);
    if (session == null) {
      throw new IllegalStateException("another request has ended the session");
    }
    // Not a session that another request has begun since the previous one ended.
    var ownSession = session instanceof NamedSession part ? part.beginForLogin() : session;
    carried.forEach(ownSession::setAttribute);
    tokens.liveIn(ownSession, rules);
    ownSession.setAttribute(Tokens.ATTRIBUTE, tokens);
  }

  // Only from an anonymous session: one user's attributes must not pass to the next.
  private Map<String, Object> carriedOver(HttpServletRequest request) {
    var carried = new HashMap<String, Object>();
    var session = request.getSession(false);
    if (session == null
        || request.isRequestedSessionIdFromURL()
        || UserSession.kept(session).isPresent()) {
      return carried;
    }
    try {
      for (var name : carryOver) {
        var value = session.getAttribute(name);
        if (value != null) {
          carried.put(name, value);
        }
      }
    } catch (IllegalStateException ended) {
      // and its attributes are gone
    }
    return carried;
  }
}
