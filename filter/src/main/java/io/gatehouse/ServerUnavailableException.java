package io.gatehouse;

import java.time.Duration;

/**
 * Thrown if the access token has expired and the authorization server cannot be reached to renew
 * it, or if it cannot be determined whether the authorization server has ended the session. The
 * session is kept. An application may let this exception pass; the filter then answers 503 with
 * {@code Retry-After} (RFC 9110 section 10.2.3).
 */
public final class ServerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * Creates the exception.
   *
   * @param message the reason, without anything secret
   * @param retryAfter the time to wait before trying again
   */
  public ServerUnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** {@return the time to wait before trying again} */
  public Duration retryAfter() {
    return retryAfter;
  }
}
