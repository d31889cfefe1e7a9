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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Verifies logout tokens by the rules of OpenID Connect Back-Channel Logout 1.0 section 2.6. */
public final class LogoutTokenVerifier {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final int MAX_CHARACTERS = 255; // of sub (OIDC Core 2); same for jti
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final AuthorizationServer server;
  private final ClaimRules rules;
  private final String issuer;
  private final LoginKeyRing ring;
  private final IdTokenEncryption encryption;
  private final Duration clockSkew;
  private final MarkerStore markers;
  private final Clock clock;

  /**
   * Creates the verifier.
   *
   * @param issuer the expected {@code iss}, which equals that of ID tokens
   * @param ring the key ring, which knows the clients of live sessions
   * @param markers the store of the tokens received so far
   */
  public LogoutTokenVerifier(
      AuthorizationServer server,
      String issuer,
      LoginKeyRing ring,
      IdTokenEncryption encryption,
      Duration clockSkew,
      MarkerStore markers,
      Clock clock) {
    this.server = server;
    this.rules = new ClaimRules(issuer, clockSkew, clock);
    this.issuer = issuer;
    this.ring = ring;
    this.encryption = encryption;
    this.clockSkew = clockSkew;
    this.markers = markers;
    this.clock = clock;
  }

  /**
   * Verifies a logout token, which is accepted once.
   *
   * @throws LoginFailedException with {@link Failure#INVALID_REQUEST} if the token violates a rule;
   *     with another failure if the authorization server's keys are unavailable
   */
  public LogoutToken verify(String rawLogoutToken) throws LoginFailedException {
    try {
      return verified(rawLogoutToken);
    } catch (RejectedJwtException e) {
      throw new LoginFailedException(Failure.INVALID_REQUEST, "logout token: " + e.rule());
    }
  }

  /** Returns the longest time for which a {@code jti} is remembered. */
  public static Duration longestKept(Duration clockSkew) {
    return MAX_AGE.plus(clockSkew.multipliedBy(2)); // iat in the past, and in the future
  }

  // Back-Channel Logout 2.6. The optional rules 9 to 11 follow from the markers, which a session
  // looks up by its own iss, sid and sub: sessions are on any node, so this one cannot search them.
  private LogoutToken verified(String rawLogoutToken)
      throws RejectedJwtException, LoginFailedException {
    var signed = encryption.signedLogoutToken(rawLogoutToken); // 1
    // 2, 3 first: no claims before that
    var jwt = server.verify(CompactJws.parse(signed), JwtSource.LOGOUT_TOKEN);
    requireKind(jwt); // 2.4, RFC 8725 3.11
    rules.requireIssuer(jwt); // 4
    // This client trusts only itself as an audience, as for ID tokens.
    var audience = jwt.audience();
    require(
        ring.clients().stream().anyMatch(it -> audience.equals(List.of(it.clientId()))),
        "aud is not this client alone"); // 4
    // exp is REQUIRED since errata set 1 of 2023; Keycloak, for example, sends it since version 23.
    var issuedAt = rules.requireRecent(jwt, MAX_AGE); // 4
    var sid = SessionName.sid(jwt);
    var sub = bounded(jwt, "sub");
    require(sid.isPresent() || sub.isPresent(), "neither sid nor sub is there"); // 5
    require(jwt.hasEvent(EVENT), "events has no back-channel logout"); // 6
    require(!jwt.has("nonce"), "nonce is there, as in an ID token"); // 7
    requireFirst(jwt, issuedAt); // 8, last: a refused token leaves its jti unused
    return new LogoutToken(issuer, sid, sub, issuedAt.getEpochSecond(), clock.millis());
  }

  private static void requireKind(VerifiedJwt jwt) throws RejectedJwtException {
    var typ = jwt.typ().orElse("JWT"); // only recommended: many servers send JWT or none
    require(
        typ.equalsIgnoreCase("JWT") || typ.equalsIgnoreCase("logout+jwt"), "typ is another JWT's");
  }

  private static Optional<String> bounded(VerifiedJwt jwt, String claim)
      throws RejectedJwtException {
    var value = jwt.string(claim);
    require(
        value.map(it -> !it.isEmpty() && it.length() <= MAX_CHARACTERS).orElse(true),
        claim + " is empty or too long");
    return value;
  }

  // Remembered for as long as the token's age would let it pass: minutes, regardless of exp.
  private void requireFirst(VerifiedJwt jwt, Instant issuedAt) throws RejectedJwtException {
    var jti = bounded(jwt, "jti").orElseThrow(() -> new RejectedJwtException("jti is missing"));
    var until = issuedAt.plus(MAX_AGE).plus(clockSkew);
    require(
        markers.putIfAbsent(
            SessionName.mark("jti", issuer, jti),
            issuedAt.getEpochSecond(),
            Duration.between(clock.instant(), until)),
        "jti is that of a token that came before");
  }
}
