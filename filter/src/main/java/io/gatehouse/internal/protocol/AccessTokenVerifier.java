package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.ClaimRules;
import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.LoginFailedException;
import java.time.Clock;
import java.time.Duration;

/**
 * Verifies an access token that is a JWT of the server, for its claims (RFC 9068 section 4, in what
 * concerns a client that reads its own token: the audience is the API's business). To a client an
 * access token is opaque otherwise.
 */
public final class AccessTokenVerifier {
  private final AuthorizationServer server;
  private final ClaimRules rules;

  /**
   * @param issuer the {@code iss} that the server's tokens have
   */
  public AccessTokenVerifier(
      AuthorizationServer server, String issuer, Duration clockSkew, Clock clock) {
    this.server = server;
    this.rules = new ClaimRules(issuer, clockSkew, clock);
  }

  /**
   * Whether the token is a current JWT that the server signed: only then its claims may be used.
   *
   * @throws LoginFailedException if the server's keys cannot be had now
   */
  public boolean isVerified(String accessToken) throws LoginFailedException {
    try {
      var jwt = server.verify(CompactJws.parse(accessToken));
      rules.requireIssuer(jwt);
      rules.requireUnexpired(jwt);
      return true;
    } catch (RejectedJwtException opaqueOrForged) {
      return false;
    }
  }
}
