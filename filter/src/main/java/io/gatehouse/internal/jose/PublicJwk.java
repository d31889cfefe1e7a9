package io.gatehouse.internal.jose;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A key of the authorization server that can verify signatures (RFC 7517 section 4). It is read
 * from the members that describe the key itself; certificates and unknown members are never read.
 */
final class PublicJwk {
  // RFC 7518 6.2.1 and 6.3.1, RFC 8037 2
  private static final Map<String, List<String>> OWN_MEMBERS =
      Map.of(
          "EC", List.of("kty", "crv", "x", "y"),
          "RSA", List.of("kty", "n", "e"),
          "OKP", List.of("kty", "crv", "x"));

  private final PublicKey key;
  private final Optional<String> kid;
  private final Optional<String> alg;

  private PublicJwk(PublicKey key, Optional<String> kid, Optional<String> alg) {
    this.key = key;
    this.kid = kid;
    this.alg = alg;
  }

  /**
   * Reads a key.
   *
   * @throws UnusableKeyException if the key cannot or must not verify a signature, or is too weak
   */
  static PublicJwk of(Map<?, ?> members) throws UnusableKeyException {
    requireUse(members, "use", "sig"); // RFC 7517 4.2
    requireUse(members, "key_ops", "verify"); // RFC 7517 4.3
    var jwk = new PublicJwk(key(members), text(members, "kid"), text(members, "alg"));
    if (Stream.of(JwsAlgorithm.values()).noneMatch(jwk::serves)) {
      throw new UnusableKeyException("%s is too weak, or of no supported type, curve or alg");
    }
    if (!isOnCurve(jwk.key())) {
      throw new UnusableKeyException("%s is not on its curve");
    }
    return jwk;
  }

  // One text and a list of texts are read alike: servers write either for both members.
  private static void requireUse(Map<?, ?> members, String name, String needed)
      throws UnusableKeyException {
    var stated = members.get(name);
    if (!isAbsent(stated)
        && !needed.equals(stated)
        && !(stated instanceof List<?> list && list.contains(needed))) {
      throw new UnusableKeyException("%s is for another use (its %s is not %s)", name, needed);
    }
  }

  private static boolean isAbsent(@Nullable Object value) {
    return value == null || value.equals("");
  }

  private static Optional<String> text(Map<?, ?> members, String name) throws UnusableKeyException {
    var value = members.get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (value instanceof String it) {
      return Optional.of(it);
    }
    throw new UnusableKeyException("%s has a member %s that is not a text", name);
  }

  private static PublicKey key(Map<?, ?> members) throws UnusableKeyException {
    var own = new HashMap<String, Object>();
    for (var name : OWN_MEMBERS.getOrDefault(text(members, "kty").orElse(""), List.of())) {
      Optional.ofNullable(members.get(name)).ifPresent(it -> own.put(name, it));
    }
    if (own.isEmpty()) {
      throw new UnusableKeyException("%s is of a type (kty) that verifies no signature");
    }
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(own).getPublicKey();
    } catch (JoseException | RuntimeException unreadable) {
      throw new UnusableKeyException("%s cannot be read (RFC 7518 6)");
    }
  }

  private static boolean isOnCurve(PublicKey key) {
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

  boolean serves(JwsAlgorithm algorithm) {
    return algorithm.fits(key) && alg.map(algorithm::isNamed).orElse(true);
  }

  PublicKey key() {
    return key;
  }

  Optional<String> kid() {
    return kid;
  }
}
