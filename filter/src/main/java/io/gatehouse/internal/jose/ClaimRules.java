package io.gatehouse.internal.jose;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Rules for the registered claims of the server's JWTs, RFC 7519 section 4.1. */
public final class ClaimRules {
  private final String issuer;
  private final Duration clockSkew;
  private final Clock clock;

  /**
   * @param issuer the {@code iss} that the server's JWTs have
   * @param clockSkew the difference between the server's clock and ours that is allowed
   */
  public ClaimRules(String issuer, Duration clockSkew, Clock clock) {
    this.issuer = issuer;
    this.clockSkew = clockSkew;
    this.clock = clock;
  }

  /**
   * Requires a rule to hold.
   *
   * @param rule says what is wrong if it does not
   */
  public static void require(boolean holds, String rule) throws RejectedJwtException {
    if (!holds) {
      throw new RejectedJwtException(rule);
    }
  }

  /** Requires {@code iss} to be the server's, RFC 7519 section 4.1.1. */
  public void requireIssuer(VerifiedJwt jwt) throws RejectedJwtException {
    require(jwt.string("iss").map(issuer::equals).orElse(false), "iss is not the server's");
  }

  /** Requires {@code exp}, not past: RFC 7519 section 4.1.4. */
  public void requireUnexpired(VerifiedJwt jwt) throws RejectedJwtException {
    var exp = jwt.instant("exp").orElseThrow(() -> new RejectedJwtException("exp is missing"));
    require(clock.instant().isBefore(exp.plus(clockSkew)), "exp is past");
  }

  /**
   * Requires {@code exp}, not past, and neither {@code iat} nor {@code nbf} in the future: RFC 7519
   * sections 4.1.4 to 4.1.6.
   */
  public void requireCurrent(VerifiedJwt jwt) throws RejectedJwtException {
    requireUnexpired(jwt);
    requireNotInFuture(jwt.instant("iat"), "iat is in the future");
    requireNotInFuture(jwt.instant("nbf"), "nbf is in the future");
  }

  /**
   * Requires what {@link #requireCurrent} does, and an {@code iat} that is not too long ago.
   *
   * @return the value of {@code iat}
   */
  public Instant requireRecent(VerifiedJwt jwt, Duration maxAge) throws RejectedJwtException {
    requireCurrent(jwt);
    var iat = jwt.instant("iat").orElseThrow(() -> new RejectedJwtException("iat is missing"));
    require(iat.isAfter(clock.instant().minus(maxAge).minus(clockSkew)), "iat is too long ago");
    return iat;
  }

  /** Requires a time, if there is one, not to be in the future. */
  public void requireNotInFuture(Optional<Instant> time, String rule) throws RejectedJwtException {
    var latest = clock.instant().plus(clockSkew);
    require(time.map(it -> !it.isAfter(latest)).orElse(true), rule);
  }
}
