package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.ClaimRules;
import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.JwtSource;
import io.gatehouse.internal.server.LoginFailedException;
import java.time.Clock;
import java.time.Duration;

/**
 * Verifies an access token that is a JWT of the authorization server, in order to read its claims.
 * It applies the rules of RFC 9068 section 4 that concern a client reading its own token; the
 * audience concerns the API only. Any other access token is opaque to a client.
 */
public final class AccessTokenVerifier {
  private final AuthorizationServer server;
  private final ClaimRules rules;

  /**
   * Creates the verifier.
   *
   * @param issuer the expected {@code iss}
   */
  public AccessTokenVerifier(
      AuthorizationServer server, String issuer, Duration clockSkew, Clock clock) {
    this.server = server;
    this.rules = new ClaimRules(issuer, clockSkew, clock);
  }

  /**
   * Returns whether the token is a current JWT signed by the authorization server; only then its
   * claims may be used.
   *
   * @throws LoginFailedException if the authorization server's keys are unavailable
   */
  public boolean isVerified(String accessToken) throws LoginFailedException {
    try {
      var jwt = server.verify(CompactJws.parse(accessToken), JwtSource.ACCESS_TOKEN);
      rules.requireIssuer(jwt);
      rules.requireUnexpired(jwt);
      return true;
    } catch (RejectedJwtException opaqueOrForged) {
      return false;
    }
  }
}
