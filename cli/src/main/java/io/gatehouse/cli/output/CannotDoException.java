package io.gatehouse.cli.output;

/** Thrown if a command cannot be done; the message gives the reason and the remedy. */
public final class CannotDoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CannotDoException(String message) {
    super(message);
  }
}
