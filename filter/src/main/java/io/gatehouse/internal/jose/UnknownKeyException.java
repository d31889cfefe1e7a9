package io.gatehouse.internal.jose;

/**
 * Thrown if the authorization server's keys do not include the JWT's {@code kid}; fetching the keys
 * again may help.
 */
public final class UnknownKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownKeyException() {
    super("no key of the server's JWKS has the kid of the JWT");
  }
}
