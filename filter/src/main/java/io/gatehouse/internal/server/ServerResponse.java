package io.gatehouse.internal.server;

import java.time.Duration;

/** An answer of the server, of whatever status. The body may hold tokens and is never printed. */
public final class ServerResponse {
  private final int status;
  private final byte[] body;
  private final Duration retryAfter;

  /**
   * @param status the HTTP status
   * @param body the body, bounded
   * @param retryAfter Retry-After (RFC 9110 section 10.2.3), bounded; zero if there is none
   */
  public ServerResponse(int status, byte[] body, Duration retryAfter) {
    this.status = status;
    this.body = body.clone();
    this.retryAfter = retryAfter;
  }

  public int status() {
    return status;
  }

  public byte[] body() {
    return body.clone();
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  public boolean isOk() {
    return status == 200;
  }

  /** Whether the server says that it cannot answer now, RFC 9110 section 15.6 and RFC 6585. */
  public boolean isUnavailable() {
    return status >= 500 || status == 429;
  }

  @Override
  public String toString() {
    return "ServerResponse[status=" + status + ", " + body.length + " bytes]";
  }
}
