package io.gatehouse.internal.web;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;

/**
 * A refusal without a page, of what no person ever sends: a status, and a line in the log for those
 * who look for it. A scanner sends thousands of these, so the line is for debugging only.
 */
public final class BareRefusal {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private BareRefusal() {}

  /**
   * Sends it.
   *
   * @param reason for the log, and with nothing of the request in it
   */
  public static void send(HttpServletResponse response, int status, String reason) {
    LOG.log(Logger.Level.DEBUG, "refused: {0}", reason);
    SafeHeaders.set(response);
    response.setStatus(status);
  }
}
