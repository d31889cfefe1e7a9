package io.gatehouse.internal.server;

/** The reasons for a failed login, distinguished by what the user or the operator can do. */
public enum Failure {
  /** The user, or the authorization server on the user's behalf, denied the login. */
  DENIED,
  /** The user logged in, but not in the requested way. */
  INSUFFICIENT,
  /** The authorization server requires the user to log in there first. */
  LOGIN_REQUIRED,
  /** The authorization server refused the code; another login may succeed. */
  GRANT_REFUSED,
  /** The request of the browser violates the protocol, or belongs to another browser. */
  INVALID_REQUEST,
  /** The login exceeded its time limit. */
  EXPIRED,
  /** The response of the authorization server violates the protocol. */
  INVALID_ANSWER,
  /** The authorization server cannot be reached or is unable to answer now. */
  UNAVAILABLE,
  /**
   * The authorization server was not called, since the maximum number of calls is in progress; a
   * later call may succeed.
   */
  BUSY,
  /**
   * The request was sent and its response never arrived whole: the authorization server may have
   * acted on the request.
   */
  ANSWER_LOST,
  /** The authorization server does not accept this client as configured. */
  MISCONFIGURED,
  /** The authorization server refused the client at a refresh, and not the refresh token. */
  CLIENT_REFUSED,
  /**
   * The response to a refresh is not the authorization server's: a proxy, a firewall or a captive
   * portal answered, so the refresh token was not used.
   */
  FOREIGN_ANSWER
}
