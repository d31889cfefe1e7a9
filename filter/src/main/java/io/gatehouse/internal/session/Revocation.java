package io.gatehouse.internal.session;

import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.TokenEndpoint;
import io.gatehouse.internal.server.LoginFailedException;
import java.lang.System.Logger;

/** Revokes refresh tokens when a session ends (RFC 7009), if configured. */
public final class Revocation {
  private final boolean wanted;
  private final TokenEndpoint tokenEndpoint;
  private final BoundedLog log;

  public Revocation(boolean wanted, TokenEndpoint tokenEndpoint, BoundedLog log) {
    this.wanted = wanted;
    this.tokenEndpoint = tokenEndpoint;
    this.log = log;
  }

  /**
   * Revokes the refresh token, if present. A failure is only logged, since the session has ended
   * anyway.
   *
   * @param client the client to which the token was issued
   */
  void of(TokenSet tokens, Client client) {
    if (!wanted || tokens.refreshToken().isEmpty()) {
      return;
    }
    try {
      tokenEndpoint.revoke(tokens.refreshToken().get(), client);
    } catch (LoginFailedException e) {
      log.add(Logger.Level.WARNING, Warnings.REVOCATION_FAILED, e.reason());
    }
  }
}
