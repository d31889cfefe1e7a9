package io.gatehouse;

/**
 * Thrown if no user is logged in, the session has ended, or the authorization server does not renew
 * the session's tokens: the user has to log in. An application may let this exception pass, also
 * wrapped; the filter then redirects a page request to login, and answers any other request with
 * 401.
 */
public final class LoginNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a page that needs a user. */
  public LoginNeededException() {
    this("no user is logged in");
  }

  /**
   * Creates the exception.
   *
   * @param message the reason, without anything secret
   */
  public LoginNeededException(String message) {
    super(message);
  }
}
