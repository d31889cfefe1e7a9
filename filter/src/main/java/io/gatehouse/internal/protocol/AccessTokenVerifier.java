package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.LoginFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Verifies an access token that is a JWT of the server, for its claims (RFC 9068 section 4, in what
 * concerns a client that reads its own token: the audience is the API's business). To a client an
 * access token is opaque otherwise.
 */
public final class AccessTokenVerifier {
  private final AuthorizationServer server;
  private final String issuer;
  private final Duration clockSkew;
  private final Clock clock;

  /**
   * @param issuer the {@code iss} that the server's tokens have
   */
  public AccessTokenVerifier(
      AuthorizationServer server, String issuer, Duration clockSkew, Clock clock) {
    this.server = server;
    this.issuer = issuer;
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /**
   * Whether the token is a current JWT that the server signed: only then its claims may be used.
   *
   * @throws LoginFailedException if the server's keys cannot be had now
   */
  public boolean isVerified(String accessToken) throws LoginFailedException {
    try {
      var jwt = server.verify(CompactJws.parse(accessToken));
      return jwt.string("iss").equals(Optional.of(issuer))
          && jwt.instant("exp")
              .filter(it -> clock.instant().isBefore(it.plus(clockSkew)))
              .isPresent();
    } catch (RejectedJwtException opaqueOrForged) {
      return false;
    }
  }
}
