package io.gatehouse.standin.config;

import java.time.Duration;

/**
 * Differences on the wire between the two lines of the Verifier in use.
 *
 * @param prefix path under which discovery places the authorization server; the tokens' {@code iss}
 *     does not have it
 * @param keyIdIsDid whether the signing key's {@code kid} is a did:key instead of a thumbprint
 */
public record Line(
    String prefix,
    boolean nonceRequired,
    boolean errorsReachRedirectUri,
    boolean keyIdIsDid,
    Duration accessTokenLifetime,
    Duration refreshTokenLifetime) {

  static Line of(String name) {
    return switch (name) {
      case "2.x" -> new Line("", false, false, true, Duration.ofHours(1), Duration.ofHours(1));
      case "3.x" ->
          new Line("/verifier", true, true, false, Duration.ofMinutes(15), Duration.ofHours(12));
      default -> throw new IllegalArgumentException("standin.line must be 2.x or 3.x");
    };
  }
}
