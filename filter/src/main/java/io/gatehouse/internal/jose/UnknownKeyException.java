package io.gatehouse.internal.jose;

/** The server's keys hold none with the JWT's {@code kid}: fetching them again may help. */
public final class UnknownKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownKeyException() {
    super("no key of the server's JWKS has the kid of the JWT");
  }
}
