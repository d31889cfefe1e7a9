package io.gatehouse.jose;

/** A key or secret that cannot be used; the message says what it lacks and never what it holds. */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKeyException(String message) {
    super(message);
  }
}
