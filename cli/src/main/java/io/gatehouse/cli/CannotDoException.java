package io.gatehouse.cli;

/** What was asked for cannot be done; the message says why, and what to do. */
final class CannotDoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotDoException(String message) {
    super(message);
  }
}
