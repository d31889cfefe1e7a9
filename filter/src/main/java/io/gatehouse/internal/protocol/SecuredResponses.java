package io.gatehouse.internal.protocol;

import static io.gatehouse.internal.jose.ClaimRules.require;

import io.gatehouse.internal.jose.ClaimRules;
import io.gatehouse.internal.jose.CompactJws;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.VerifiedJwt;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.JwtSource;
import io.gatehouse.internal.server.LoginFailedException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * Verifies signed authorization responses by the rules of JWT Secured Authorization Response Mode
 * for OAuth 2.0 (JARM) section 2.4. Parameters beside the JWT are refused.
 */
public final class SecuredResponses implements AuthorizationResponses {
  private static final List<String> PARAMETERS =
      List.of("code", "state", "iss", "error", "error_description");
  // Claims of the authorization server's other JWTs: a user in ID tokens and access tokens, an
  // event in logout tokens.
  private static final List<String> OF_OTHER_JWTS =
      List.of("sub", "nonce", "at_hash", "c_hash", "events");

  private final AuthorizationServer server;
  private final ClaimRules rules;
  private final LoginKeyRing ring;

  /**
   * Creates the reader.
   *
   * @param issuer the authorization server's issuer
   * @param ring the key ring, which knows the clients of pending logins
   */
  public SecuredResponses(
      AuthorizationServer server,
      String issuer,
      LoginKeyRing ring,
      Duration clockSkew,
      Clock clock) {
    this.server = server;
    this.rules = new ClaimRules(issuer, clockSkew, clock);
    this.ring = ring;
  }

  @Override
  public AuthorizationResponse read(String rawQuery) throws LoginFailedException {
    var parameters = AuthorizationResponse.parameters(rawQuery);
    if (!parameters.keySet().equals(Set.of("response"))) {
      throw invalid("response has to be there alone, as gatehouse.response-mode asks for a JWT");
    }
    try {
      return verified(parameters.getOrDefault("response", ""));
    } catch (RejectedJwtException e) {
      throw invalid(e.rule());
    }
  }

  @Override
  public boolean mayCallServer() {
    return true; // for its keys
  }

  // JARM 2.4. Rule 1 does not apply, as this client registers no encryption of responses. Rule 2,
  // that state belongs to the browser, follows from the login's cookie, which is found only by a
  // verified state.
  private AuthorizationResponse verified(String response)
      throws RejectedJwtException, LoginFailedException {
    // 6 first: no claims exist before it
    var jwt = server.verify(CompactJws.parse(response), JwtSource.AUTHORIZATION_RESPONSE);
    requireKind(jwt); // RFC 8725 3.11
    rules.requireIssuer(jwt); // 3
    var audience = jwt.audience();
    require(
        ring.clients().stream().anyMatch(it -> audience.equals(List.of(it.clientId()))),
        "aud is not this client alone"); // 4
    rules.requireCurrent(jwt); // 5
    var parameters = new HashMap<String, String>();
    for (var name : PARAMETERS) {
      jwt.string(name).ifPresent(it -> parameters.put(name, it));
    }
    return AuthorizationResponse.of(parameters);
  }

  private static void requireKind(VerifiedJwt jwt) throws RejectedJwtException {
    require(jwt.typ().map(it -> it.equalsIgnoreCase("JWT")).orElse(true), "typ is another JWT's");
    require(OF_OTHER_JWTS.stream().noneMatch(jwt::has), "it is another JWT of the server");
    require(
        AuthorizationResponse.NEVER.stream().noneMatch(jwt::has),
        "a token is in it (RFC 9700 2.1.2)");
  }

  private static LoginFailedException invalid(String rule) {
    return new LoginFailedException(
        Failure.INVALID_REQUEST, "secured authorization response: " + rule);
  }
}
