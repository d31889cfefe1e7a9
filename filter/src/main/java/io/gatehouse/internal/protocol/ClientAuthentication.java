package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.JwsSigner;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Authenticates the client with a JWT at the endpoints that it calls itself (RFC 7523 section 3;
 * OpenID Connect Core 1.0 section 9): {@code client_secret_jwt} with the client secret, {@code
 * private_key_jwt} with the client's key.
 */
public final class ClientAuthentication {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int LIFETIME_SECONDS = 60;

  private final String clientId;
  private final String audience;
  private final Optional<String> typ;
  private final JwsSigner signer;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Creates the authentication.
   *
   * @param audience the single audience of the assertion: the issuer, unless the server requires
   *     another
   * @param typ the {@code typ} header; empty for none
   */
  public ClientAuthentication(
      String clientId,
      String audience,
      Optional<String> typ,
      JwsSigner signer,
      Clock clock,
      SecureRandom random) {
    this.clientId = clientId;
    this.audience = audience;
    this.typ = typ;
    this.signer = signer;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Returns the form parameters that authenticate the client, with a new assertion at every call.
   */
  public Map<String, String> parameters() {
    var parameters = new LinkedHashMap<String, String>();
    // RFC 7521 4.2: optional beside the assertion; the Verifier refuses requests without it
    parameters.put("client_id", clientId);
    parameters.put("client_assertion_type", TYPE);
    parameters.put("client_assertion", assertion());
    return parameters;
  }

  private String assertion() {
    var now = clock.instant().getEpochSecond();
    var jti = new byte[16];
    random.nextBytes(jti);
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    // One string: a server that an array names second could use the assertion at the first.
    claims.put("aud", audience);
    claims.put("jti", Base64Url.encode(jti));
    claims.put("iat", now);
    claims.put("exp", now + LIFETIME_SECONDS);
    return signer.sign(typ, claims);
  }
}
