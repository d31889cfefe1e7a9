package io.gatehouse.standin.request;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import io.gatehouse.standin.config.ClientRegistration;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request object whose signature was verified (RFC 9101, 4). */
public final class RequestObject {

  private final Map<String, Object> header;
  private final Map<String, Object> claims;

  private RequestObject(Map<String, Object> header, Map<String, Object> claims) {
    this.header = header;
    this.claims = claims;
  }

  /** Verifies the signature by the key of the client, see {@link RequestObjectKeys}. */
  public static RequestObject verify(String compact, ClientRegistration client)
      throws RefusedException {
    try {
      var unverified = JWSObject.parse(compact);
      if (!unverified.verify(new RequestObjectKeys(client).verifier(unverified))) {
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

  public @Nullable Object header(String name) {
    return header.get(name);
  }

  public boolean has(String claim) {
    return claims.containsKey(claim);
  }

  public @Nullable Object claim(String name) {
    return claims.get(name);
  }

  public Optional<Long> time(String claim) {
    return claims.get(claim) instanceof Number seconds
        ? Optional.of(seconds.longValue())
        : Optional.empty();
  }

  public String text(String claim) throws RefusedException {
    if (claims.get(claim) instanceof String value && !value.isEmpty()) {
      return value;
    }
    throw new RefusedException("invalid_request_object", claim + " is missing in the object");
  }
}
