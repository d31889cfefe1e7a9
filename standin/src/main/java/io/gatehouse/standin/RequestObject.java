package io.gatehouse.standin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request object whose signature was verified (RFC 9101, 4). */
final class RequestObject {

  private final Map<String, Object> header;
  private final Map<String, Object> claims;

  private RequestObject(Map<String, Object> header, Map<String, Object> claims) {
    this.header = header;
    this.claims = claims;
  }

  /** Chooses the key for an object that is not yet verified. */
  interface Keys {
    JWSVerifier verifier(JWSObject unverified) throws JOSEException, RefusedException;
  }

  static RequestObject verify(String compact, Keys keys) throws RefusedException {
    try {
      var unverified = JWSObject.parse(compact);
      if (!unverified.verify(keys.verifier(unverified))) {
        throw new RefusedException("invalid_request_object", "the signature does not verify");
      }
      var claims = unverified.getPayload().toJSONObject();
      if (claims == null) {
        throw new RefusedException("invalid_request_object", "the payload is no JSON object");
      }
      return new RequestObject(unverified.getHeader().toJSONObject(), claims);
    } catch (ParseException | JOSEException e) {
      throw new RefusedException("invalid_request_object", "no compact JWS: " + e.getMessage());
    }
  }

  @Nullable Object header(String name) {
    return header.get(name);
  }

  boolean has(String claim) {
    return claims.containsKey(claim);
  }

  @Nullable Object claim(String name) {
    return claims.get(name);
  }

  Optional<Long> time(String claim) {
    return claims.get(claim) instanceof Number seconds
        ? Optional.of(seconds.longValue())
        : Optional.empty();
  }

  String text(String claim) throws RefusedException {
    if (claims.get(claim) instanceof String value && !value.isEmpty()) {
      return value;
    }
    throw new RefusedException("invalid_request_object", claim + " is missing in the object");
  }
}
