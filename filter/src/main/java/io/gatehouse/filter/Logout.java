package io.gatehouse.filter;

import io.gatehouse.LogoutEvent;
import io.gatehouse.protocol.EndSession;
import java.net.URI;

/**
 * Logs a user out: the session first, whatever the server says, then its refresh token, then the
 * browser's session at the server.
 */
final class Logout {
  private final Realms realms;
  private final Revocation revocation;
  private final EndSession endSession;
  private final PublicUrl publicUrl;
  private final String afterLogout;

  /**
   * @param afterLogout where the user goes if not to the server, as a path in the application
   */
  Logout(
      Realms realms,
      Revocation revocation,
      EndSession endSession,
      PublicUrl publicUrl,
      String afterLogout) {
    this.realms = realms;
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
    var client = realms.client(tokens.realm());
    client.ifPresent(it -> revocation.of(tokens.current(), it));
    var base = publicUrl.configured().orElse(tokens.publicUrl());
    return client
        .flatMap(it -> endSession.location(tokens.current().idToken(), it, base))
        .orElseGet(() -> URI.create(base + afterLogout));
  }
}
