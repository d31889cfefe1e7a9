package io.gatehouse.internal.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * A response of the authorization server, of any status. The body may contain tokens, so the string
 * form hides it.
 */
public final class ServerResponse {
  // RFC 9110 15.5.8, 15.5.9 and 15.5.20, RFC 8470 5.2, RFC 6585 4
  private static final Set<Integer> NOT_ACTED_ON = Set.of(407, 408, 421, 425, 429);

  private final int status;
  private final byte[] body;
  private final Duration retryAfter;

  /**
   * Creates the response.
   *
   * @param status the HTTP status
   * @param body the body, bounded
   * @param retryAfter Retry-After (RFC 9110 section 10.2.3), bounded; zero if absent
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

  /** Returns whether the status sends to another address, as a captive portal does. */
  public boolean isRedirect() {
    return status / 100 == 3;
  }

  /**
   * Returns whether the status says that the request was not acted on, and may be sent again later:
   * the authorization server, or a proxy in front of it, cannot answer now.
   */
  public boolean isUnavailable() {
    return status >= 500 || NOT_ACTED_ON.contains(status);
  }

  /**
   * Returns whether the body is a page for people, which no endpoint of an authorization server
   * sends to a program. Content-Type is ignored: what comes from something in between is often
   * labelled wrong.
   */
  public boolean isPage() {
    var text = new String(body, StandardCharsets.UTF_8);
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading().startsWith("<");
  }

  @Override
  public String toString() {
    return "ServerResponse[status=" + status + ", " + body.length + " bytes]";
  }
}
