package io.gatehouse.filter;

import io.gatehouse.LogoutEvent;
import io.gatehouse.protocol.EndSession;
import java.net.URI;

/**
 * Logs a user out: the session first, whatever the server says, then its refresh token, then the
 * browser's session at the server.
 */
final class Logout {
  private final Revocation revocation;
  private final EndSession endSession;
  private final PublicUrl publicUrl;
  private final String afterLogout;

  /**
   * @param afterLogout where the user goes if not to the server, as a path in the application
   */
  Logout(Revocation revocation, EndSession endSession, PublicUrl publicUrl, String afterLogout) {
    this.revocation = revocation;
    this.endSession = endSession;
    this.publicUrl = publicUrl;
    this.afterLogout = afterLogout;
  }

  /**
   * Ends the session and revokes its refresh token.
   *
   * @return where to send the browser next
   */
  URI end(SessionTokens tokens) {
    tokens.end(LogoutEvent.Cause.LOGOUT);
    revocation.of(tokens.current());
    var base = publicUrl.configured().orElse(tokens.publicUrl());
    return endSession
        .location(tokens.current().idToken(), base)
        .orElseGet(() -> URI.create(base + afterLogout));
  }
}
