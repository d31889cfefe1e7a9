package io.gatehouse.cli.http;

import java.io.IOException;

/** Thrown if an exchange failed; the message quotes nothing of the answer. */
final class FailedExchangeException extends IOException {
  private static final long serialVersionUID = 1L;

  FailedExchangeException(String message) {
    super(message);
  }
}
