package io.gatehouse;

/**
 * Nobody is logged in, the session has ended, or the server does not renew its tokens: the user has
 * to log in. An application may let it pass, also wrapped; the filter then sends a person to log
 * in, and answers a program with 401.
 */
public final class LoginNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, without anything secret
   */
  public LoginNeededException(String message) {
    super(message);
  }
}
