package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.lang.JoseException;

/**
 * The claims of a JWT whose signature was verified (RFC 7519 section 4); only {@link JwsVerifier}
 * creates one. The claims themselves have not been checked yet. The string form hides them.
 */
public final class VerifiedJwt {
  private static final double LATEST_SECOND = Instant.MAX.getEpochSecond() / 1000.0;

  private final Map<String, Object> claims;
  private final JwsAlgorithm algorithm;
  private final Optional<String> typ;

  VerifiedJwt(String payload, JwsAlgorithm algorithm, Optional<String> typ)
      throws RejectedJwtException {
    this.algorithm = algorithm;
    this.typ = typ;
    try {
      claims = JsonText.members(payload);
    } catch (JoseException | RuntimeException e) {
      throw new RejectedJwtException("the payload is not one JSON object (RFC 7519 7.2)");
    }
  }

  /** Returns the {@code typ} header, without the prefix {@code application/}. */
  public Optional<String> typ() {
    return typ;
  }

  /**
   * Returns the left half of the hash of a token that came with this JWT, in base64url: the value
   * of {@code at_hash} (OpenID Connect Core 1.0 section 3.1.3.6).
   */
  public String halfHash(String token) {
    var hash = algorithm.hash(token.getBytes(StandardCharsets.US_ASCII));
    return Base64Url.encode(Arrays.copyOf(hash, hash.length / 2));
  }

  public boolean has(String claim) {
    return claims.containsKey(claim);
  }

  /**
   * Returns a claim that is a string; empty if absent.
   *
   * @throws RejectedJwtException if the claim is present and not a string
   */
  public Optional<String> string(String claim) throws RejectedJwtException {
    var value = claims.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String it) {
      return Optional.of(it);
    }
    throw new RejectedJwtException(claim + " is not a string");
  }

  /**
   * Returns a claim that is a NumericDate (RFC 7519 section 2), without fractions of a second;
   * empty if absent.
   *
   * @throws RejectedJwtException if the claim is present and not a number, or out of range
   */
  public Optional<Instant> instant(String claim) throws RejectedJwtException {
    var value = claims.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number it && Math.abs(it.doubleValue()) < LATEST_SECOND) {
      return Optional.of(Instant.ofEpochSecond(it.longValue()));
    }
    throw new RejectedJwtException(claim + " is not a NumericDate (RFC 7519 2)");
  }

  /** Returns whether a claim is present and a number. */
  public boolean isNumber(String claim) {
    return claims.get(claim) instanceof Number;
  }

  /**
   * Returns {@code aud}: one string or an array of strings (RFC 7519 section 4.1.3), each once;
   * empty if absent.
   *
   * @throws RejectedJwtException if the claim is anything else
   */
  public List<String> audience() throws RejectedJwtException {
    var value = claims.get("aud");
    if (value == null) {
      return List.of();
    }
    if (value instanceof String it) {
      return List.of(it);
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).distinct().toList();
    }
    throw new RejectedJwtException("aud is neither a string nor an array of strings");
  }

  /** Returns whether {@code events} has an object for this type of event (RFC 8417 section 2.2). */
  public boolean hasEvent(String type) {
    return claims.get("events") instanceof Map<?, ?> events
        && events.get(type) instanceof Map<?, ?>;
  }

  @Override
  public String toString() {
    return "VerifiedJwt[hidden]";
  }
}
