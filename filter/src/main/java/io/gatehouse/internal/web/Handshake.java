package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/** Recognizes the handshake of a WebSocket. */
public final class Handshake {
  private static final Pattern WEBSOCKET =
      Pattern.compile("(?i)(?:.*,)?[ \\t]*websocket[ \\t]*(?:[,/].*)?");

  private Handshake() {}

  /**
   * Returns whether a request opens a WebSocket: over HTTP/1.1 by {@code Upgrade} (RFC 6455 section
   * 4.1), over HTTP/2 by {@code CONNECT} (RFC 8441 section 4).
   */
  public static boolean isOf(HttpServletRequest request) {
    if (request.getHeader("Upgrade") == null) { // nearly all requests
      return "CONNECT".equals(request.getMethod());
    }
    return Collections.list(request.getHeaders("Upgrade")).stream()
        .anyMatch(it -> WEBSOCKET.matcher(it).matches());
  }
}
