package io.gatehouse;

import java.time.Duration;

/**
 * The access token has ended and the authorization server cannot be reached to renew it, or it
 * cannot be known whether the server has ended the session. The session is kept. An application may
 * let it pass; the filter then answers 503 with {@code Retry-After} (RFC 9110 section 10.2.3).
 */
public final class ServerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param message why, without anything secret
   * @param retryAfter how long to wait before trying again
   */
  public ServerUnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** {@return how long to wait before trying again} */
  public Duration retryAfter() {
    return retryAfter;
  }
}
