package io.gatehouse;

/**
 * A CDI event: the session of a user was ended.
 *
 * @param user the user whose session was ended
 * @param cause the reason
 */
public record LogoutEvent(AuthenticatedUser user, Cause cause) {
  /** The reason for which a session was ended. */
  public enum Cause {
    /** The user, or the application for the user, logged out. */
    LOGOUT,
    /** The authorization server ended the session, by back-channel or front-channel logout. */
    SERVER,
    /** The authorization server refused to renew the tokens. */
    REFUSED,
    /** The session reached {@code gatehouse.session.max-lifetime}. */
    LIFETIME,
    /**
     * The container ended the session: for inactivity, or because the application or an
     * administrator invalidated it.
     */
    CONTAINER
  }
}
