package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;

/**
 * A refusal without a page, for requests that no person sends: a status and a line in the log. A
 * scanner sends thousands of such requests, so the line has level DEBUG.
 */
public final class BareRefusal {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private BareRefusal() {}

  /**
   * Sends the refusal.
   *
   * @param reason the reason for the log, without any part of the request
   */
  public static void send(HttpServletResponse response, int status, String reason) {
    LOG.log(Logger.Level.DEBUG, "refused: {0}", reason);
    SafeHeaders.set(response);
    response.setStatus(status);
  }
}
