package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import io.gatehouse.internal.protocol.EndSession;
import io.gatehouse.internal.web.PublicUrl;
import java.net.URI;

/**
 * Logs a user out: first ends the session, whatever the authorization server answers, then revokes
 * its refresh token, then prepares the end of the browser's session at the authorization server.
 */
public final class Logout {
  private final ClientRegistrations registrations;
  private final Revocation revocation;
  private final EndSession endSession;
  private final PublicUrl publicUrl;
  private final String afterLogout;

  /**
   * Creates the logout.
   *
   * @param afterLogout the page for a user who is not sent to the authorization server, as a path
   *     in the application
   */
  public Logout(
      ClientRegistrations registrations,
      Revocation revocation,
      EndSession endSession,
      PublicUrl publicUrl,
      String afterLogout) {
    this.registrations = registrations;
    this.revocation = revocation;
    this.endSession = endSession;
    this.publicUrl = publicUrl;
    this.afterLogout = afterLogout;
  }

  /**
   * Ends the session and revokes its refresh token.
   *
   * @return the address to send the browser to next
   */
  public URI end(RenewableTokens tokens) {
    tokens.end(LogoutEvent.Cause.LOGOUT);
    var client = registrations.client(tokens.registration());
    client.ifPresent(it -> revocation.of(tokens.current(), it));
    var base = publicUrl.configured().orElse(tokens.publicUrl());
    return client
        .flatMap(it -> endSession.location(tokens.current().idToken(), it, base))
        .orElseGet(() -> URI.create(base + afterLogout));
  }
}
