package io.gatehouse.internal.server;

import java.io.IOException;

/**
 * Thrown if an exchange failed for a reason that the Java platform has no exception for. The
 * message quotes nothing of the response.
 */
final class FailedExchangeException extends IOException {
  private static final long serialVersionUID = 1L;

  FailedExchangeException(String message) {
    super(message);
  }
}
