package io.gatehouse.internal.jose;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rules for the registered claims of the authorization server's JWTs (RFC 7519 section 4.1). */
public final class ClaimRules {
  private final String issuer;
  private final Duration clockSkew;
  private final Clock clock;

  /**
   * Creates the rules.
   *
   * @param issuer the expected {@code iss}
   * @param clockSkew the tolerated difference between the authorization server's clock and ours
   */
  public ClaimRules(String issuer, Duration clockSkew, Clock clock) {
    this.issuer = issuer;
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /**
   * Requires a rule to hold.
   *
   * @param rule the text of the violation
   */
  public static void require(boolean holds, String rule) throws RejectedJwtException {
    if (!holds) {
      throw new RejectedJwtException(rule);
    }
  }

  /** Requires {@code iss} to be the authorization server's (RFC 7519 section 4.1.1). */
  public void requireIssuer(VerifiedJwt jwt) throws RejectedJwtException {
    require(jwt.string("iss").map(issuer::equals).orElse(false), "iss is not the server's");
  }

  /** Requires {@code exp} to be present and not past (RFC 7519 section 4.1.4). */
  public void requireUnexpired(VerifiedJwt jwt) throws RejectedJwtException {
    var exp = jwt.instant("exp").orElseThrow(() -> new RejectedJwtException("exp is missing"));
    require(clock.instant().isBefore(exp.plus(clockSkew)), "exp is past");
  }

  /**
   * Requires {@code exp} to be present and not past, and neither {@code iat} nor {@code nbf} to be
   * in the future (RFC 7519 sections 4.1.4 to 4.1.6).
   */
  public void requireCurrent(VerifiedJwt jwt) throws RejectedJwtException {
    requireUnexpired(jwt);
    requireNotInFuture(jwt.instant("iat"), "iat is in the future");
    requireNotInFuture(jwt.instant("nbf"), "nbf is in the future");
  }

  /**
   * Requires the same as {@link #requireCurrent}, and an {@code iat} that is not too long ago.
   *
   * @return the value of {@code iat}
   */
  public Instant requireRecent(VerifiedJwt jwt, Duration maxAge) throws RejectedJwtException {
    requireCurrent(jwt);
    var iat = jwt.instant("iat").orElseThrow(() -> new RejectedJwtException("iat is missing"));
    require(iat.isAfter(clock.instant().minus(maxAge).minus(clockSkew)), "iat is too long ago");
    return iat;
  }

  /** Requires a time, if present, not to be in the future. */
  public void requireNotInFuture(Optional<Instant> time, String rule) throws RejectedJwtException {
    var latest = clock.instant().plus(clockSkew);
    require(time.map(it -> !it.isAfter(latest)).orElse(true), rule);
  }
}
