package io.gatehouse.internal.server;

/** Why a log-in did not succeed, told apart by what the user or the operator can do about it. */
public enum Failure {
  /** The user, or the server on the user's account, said no. */
  DENIED,
  /** The user logged in, but not in the way that was asked for. */
  INSUFFICIENT,
  /** The server wants the user to log in with it first. */
  LOGIN_REQUIRED,
  /** The server took the code back; another log-in may well succeed. */
  GRANT_REFUSED,
  /** What the browser brought breaks the protocol, or belongs to another browser. */
  INVALID_REQUEST,
  /** The log-in took longer than it may. */
  EXPIRED,
  /** What the server answered breaks the protocol. */
  INVALID_ANSWER,
  /** The server cannot be reached or is not able to answer now. */
  UNAVAILABLE,
  /** It was not asked, since as many calls as may be are under way; soon it can be. */
  BUSY,
  /** The request was sent and its answer never came whole: the server may have acted on it. */
  ANSWER_LOST,
  /** The server does not accept this client as it is configured. */
  MISCONFIGURED
}
