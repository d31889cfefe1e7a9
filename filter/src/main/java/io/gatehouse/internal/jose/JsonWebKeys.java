package io.gatehouse.internal.jose;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jose4j.lang.JoseException;

/**
 * The authorization server's public keys, a JWK Set (RFC 7517 section 5). Keys that cannot verify a
 * signature, or are too weak, are left out.
 */
public final class JsonWebKeys {
  private static final int MAX_KEYS = 100;
  private static final int MAX_KEYS_OF_A_KID = 4;
  private static final int MAX_KID_CHARACTERS = 60;

  private final List<PublicJwk> keys;
  private final List<String> leftOut;

  private JsonWebKeys(List<PublicJwk> keys, List<String> leftOut) {
    this.keys = List.copyOf(keys);
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Parses a JWK Set.
   *
   * @throws UnusableKeyException if the text is not a JWK Set, has more than 100 keys, or has no
   *     key that could verify a signature
   */
  public static JsonWebKeys parse(String json) throws UnusableKeyException {
    var keys = new ArrayList<PublicJwk>();
    var leftOut = new ArrayList<String>();
    var number = 0;
    for (var member : members(json)) {
      number++;
      try {
        keys.add(key(member));
      } catch (UnusableKeyException e) { // RFC 7517 5: ignored, and does not spoil the others
        leftOut.add(e.faultOf(name(member, number)));
      }
    }
    if (keys.isEmpty()) {
      throw new UnusableKeyException(
          "the JWKS has no key that could verify a signature%2$s",
          leftOut.isEmpty() ? "" : ": " + String.join("; ", leftOut));
    }
    return new JsonWebKeys(keys, leftOut);
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

  private static PublicJwk key(Object member) throws UnusableKeyException {
    if (member instanceof Map<?, ?> members) {
      return PublicJwk.of(members);
    }
    throw new UnusableKeyException("%s is not an object");
  }

  private static String name(Object member, int number) {
    return member instanceof Map<?, ?> members
            && members.get("kid") instanceof String kid
            && !kid.isEmpty()
        ? "key " + kid.substring(0, Math.min(kid.length(), MAX_KID_CHARACTERS))
        : "key number " + number;
  }

  /** Returns the keys that are not used, each with the reason, for the log. */
  public List<String> leftOut() {
    return leftOut;
  }

  /**
   * Returns the distinct keys that may have signed a JWS: of the algorithm's type, and with its
   * {@code kid} if it has one. Several keys may share one {@code kid} (RFC 7517 section 4.5).
   *
   * @throws UnknownKeyException if no key has that {@code kid}, or no key is of that type
   * @throws RejectedJwtException if several keys match without a {@code kid} that names them, or
   *     too many share it
   */
  List<PublicKey> keysFor(CompactJws jws) throws UnknownKeyException, RejectedJwtException {
    var compatible = keys.stream().filter(it -> it.serves(jws.algorithm())).toList();
    // A single key without kid is unambiguous; in any other case the JWS must name the key (OIDC
    // Core 10.1).
    var isNamed = jws.kid().isPresent() && compatible.stream().anyMatch(it -> it.kid().isPresent());
    var candidates =
        compatible.stream()
            .filter(it -> !isNamed || jws.kid().equals(it.kid()))
            .map(PublicJwk::key)
            .distinct()
            .toList();
    if (candidates.isEmpty()) {
      throw new UnknownKeyException();
    }
    if (!isNamed && candidates.size() > 1) {
      throw new RejectedJwtException("several keys could be meant, and kid names none of them");
    }
    // Anyone can cause a verification with each of them.
    if (candidates.size() > MAX_KEYS_OF_A_KID) {
      throw new RejectedJwtException(
          "more than " + MAX_KEYS_OF_A_KID + " keys of the server have this kid");
    }
    return candidates;
  }
}
