package io.gatehouse;

/**
 * The session of a user was ended; a CDI event. A session that the container ends, because nobody
 * used it, is told by {@code HttpSessionListener} only.
 *
 * @param user who
 * @param cause why
 */
public record LogoutEvent(AuthenticatedUser user, Cause cause) {
  /** Why a session was ended. */
  public enum Cause {
    /** The user, or the application for the user, logged out. */
    LOGOUT,
    /** The server said so: back-channel or front-channel log-out. */
    SERVER,
    /** The server refused to renew the tokens. */
    REFUSED,
    /** The session had lived for {@code gatehouse.session.max-lifetime}. */
    LIFETIME
  }
}
