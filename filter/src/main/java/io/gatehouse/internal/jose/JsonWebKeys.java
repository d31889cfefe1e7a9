package io.gatehouse.internal.jose;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The authorization server's public keys, a JWK Set (RFC 7517 section 5). Keys that cannot verify a
 * signature, or are too weak, are left out.
 */
public final class JsonWebKeys {
  private static final int MAX_KEYS = 100;

  private record Entry(PublicKey key, Optional<String> kid, Optional<String> alg) {
    boolean serves(JwsAlgorithm algorithm) {
      return algorithm.fits(key) && alg.map(algorithm.wireName()::equals).orElse(true);
    }
  }

  private final List<Entry> entries;

  private JsonWebKeys(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Parses a JWK Set.
   *
   * @throws UnusableKeyException if the text is not a JWK Set, has more than 100 keys, or has no
   *     key that could verify a signature
   */
  public static JsonWebKeys parse(String json) throws UnusableKeyException {
    var entries = new ArrayList<Entry>();
    for (var member : members(json)) {
      usable(member).ifPresent(entries::add);
    }
    if (entries.isEmpty()) {
      throw new UnusableKeyException("the JWKS has no key that could verify a signature");
    }
    return new JsonWebKeys(entries);
  }

  private static Collection<?> members(String json) throws UnusableKeyException {
    try {
      if (JsonText.members(json).get("keys") instanceof Collection<?> keys) {
        if (keys.size() <= MAX_KEYS) {
          return keys;
        }
        throw new UnusableKeyException("the JWKS has more than " + MAX_KEYS + " keys");
      }
    } catch (JoseException | RuntimeException notJson) {
      throw new UnusableKeyException("the JWKS is not a JSON object (RFC 7517 5)");
    }
    throw new UnusableKeyException("the JWKS has no array keys (RFC 7517 5)");
  }

  // RFC 7517 5: keys that are unknown or incomplete are to be ignored.
  private static Optional<Entry> usable(Object member) {
    try {
      if (!(member instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      @SuppressWarnings("unchecked") // member names of JSON objects are strings
      var jwk = JsonWebKey.Factory.newJwk((Map<String, Object>) map);
      if (!(jwk instanceof PublicJsonWebKey publicJwk) || !forSignatures(jwk)) {
        return Optional.empty();
      }
      var entry =
          new Entry(
              publicJwk.getPublicKey(),
              Optional.ofNullable(jwk.getKeyId()),
              Optional.ofNullable(jwk.getAlgorithm()));
      var strong = Stream.of(JwsAlgorithm.values()).anyMatch(entry::serves);
      return strong && onCurve(entry.key()) ? Optional.of(entry) : Optional.empty();
    } catch (JoseException | RuntimeException unusable) {
      return Optional.empty();
    }
  }

  private static boolean forSignatures(JsonWebKey jwk) {
    return (jwk.getUse() == null || jwk.getUse().equals("sig"))
        && (jwk.getKeyOps() == null || jwk.getKeyOps().contains("verify"));
  }

  private static boolean onCurve(PublicKey key) {
    if (!(key instanceof ECPublicKey ec)) {
      return true;
    }
    var curve = ec.getParams().getCurve();
    var p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = ec.getW().getAffineX();
    BigInteger y = ec.getW().getAffineY();
    // The bound first: multiplying a coordinate of a megabyte would take far too long.
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.pow(2).mod(p).equals(x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p));
  }

  /**
   * Returns the one key for a JWS: of the algorithm's type, and with its {@code kid} if it has one.
   *
   * @throws UnknownKeyException if no key has that {@code kid}, or no key is of that type
   * @throws RejectedJwtException if several keys match, and {@code kid} does not select one of them
   */
  PublicKey keyFor(CompactJws jws) throws UnknownKeyException, RejectedJwtException {
    var compatible = entries.stream().filter(it -> it.serves(jws.algorithm())).toList();
    var named = compatible.stream().filter(it -> jws.kid().equals(it.kid())).toList();
    // A single key without kid is unambiguous; in any other case the JWS must name the key (OIDC
    // Core 10.1).
    var candidates =
        jws.kid().isPresent() && compatible.stream().anyMatch(it -> it.kid().isPresent())
            ? named
            : compatible;
    if (candidates.isEmpty()) {
      throw new UnknownKeyException();
    }
    if (candidates.size() > 1) {
      throw new RejectedJwtException("several keys could be meant, and kid names none of them");
    }
    return candidates.get(0).key();
  }
}
