package io.gatehouse.filter;

import io.gatehouse.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;

/** The HTTP session of a logged-in user. There is none before the log-in has ended well. */
final class UserSession {
  private final String issuer;
  private final String clientId;
  private final Clock clock;

  UserSession(String issuer, String clientId, Clock clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
  }

  /**
   * The tokens of the user who is logged in here: at this issuer, as this client, and not past
   * their time. A session id from the URL counts for nothing, since a link could have planted it.
   */
  Optional<Tokens> find(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null || request.isRequestedSessionIdFromURL()) {
      return Optional.empty();
    }
    return Tokens.of(session)
        .filter(it -> it.belongTo(issuer, clientId) && clock.instant().isBefore(it.expiresAt()));
  }

  /** Begins the session of a user who has logged in: a new one, with nothing of an earlier one. */
  void begin(HttpServletRequest request, Tokens tokens) {
    end(request);
    request.getSession(true).setAttribute(Tokens.ATTRIBUTE, tokens);
    // A container may take the id that the browser asked for; an attacker may have planted it
    // there.
    request.changeSessionId();
  }

  /** Ends the session, if there is one. */
  static void end(HttpServletRequest request) {
    var session = request.getSession(false);
    if (session == null) {
      return;
    }
    try {
      session.invalidate();
    } catch (IllegalStateException endedMeanwhile) {
      // by another request: nothing is left to end
    }
  }
}
