package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.Optional;

/**
 * A response of the authorization server, of any status. The body may contain tokens, so the string
 * form hides it.
 */
public final class ServerResponse {
  private static final int PARTIAL_CONTENT = 206;
  private static final int MOVED_PERMANENTLY = 301;
  private static final int PERMANENT_REDIRECT = 308;

  private final int status;
  private final byte[] body;
  private final Duration retryAfter;
  private final Optional<String> location;

  /** Creates a response without {@code Location}. */
  public ServerResponse(int status, byte[] body, Duration retryAfter) {
    this(status, body, retryAfter, Optional.empty());
  }

  /**
   * Creates the response.
   *
   * @param status the HTTP status
   * @param body the body, bounded
   * @param retryAfter Retry-After (RFC 9110 section 10.2.3), bounded; zero if absent
   * @param location Location (RFC 9110 section 10.2.2), unchecked
   */
  public ServerResponse(int status, byte[] body, Duration retryAfter, Optional<String> location) {
    this.status = status;
    this.body = body.clone();
    this.retryAfter = retryAfter;
    this.location = location;
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

  Optional<String> location() {
    return location;
  }

  /** Returns whether the document is at another address for good. */
  boolean isMoved() {
    return status == MOVED_PERMANENTLY || status == PERMANENT_REDIRECT;
  }

  /**
   * Returns whether the authorization server has done as asked: with any status of success (RFC
   * 9110 section 15.3) but 206, whose body is a part only.
   */
  public boolean isOk() {
    return status / 100 == 2 && status != PARTIAL_CONTENT;
  }

  /**
   * Returns whether the authorization server states that it cannot answer now (RFC 9110 section
   * 15.6 and RFC 6585).
   */
  public boolean isUnavailable() {
    return status >= 500 || status == 429;
  }

  @Override
  public String toString() {
    return "ServerResponse[status=" + status + ", " + body.length + " bytes]";
  }
}
