package io.gatehouse.standin.request;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import io.gatehouse.standin.config.ClientRegistration;
import io.gatehouse.standin.did.DidKey;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;

/**
 * Chooses the key of a request object: for a did:key client the key in its {@code client_id}, with
 * ES256. All else is the stand-in's own: the client's secret, otherwise its JWKS.
 */
final class RequestObjectKeys {

  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int MAX_BYTES = 1 << 20;

  private final ClientRegistration client;

  RequestObjectKeys(ClientRegistration client) {
    this.client = client;
  }

  JWSVerifier verifier(JWSObject unverified) throws JOSEException, RefusedException {
    var algorithm = unverified.getHeader().getAlgorithm();
    if (DidKey.isDidKey(client.clientId())) {
      if (!algorithm.equals(JWSAlgorithm.ES256)) {
        throw new RefusedException("invalid_request_object", "alg must be ES256");
      }
      return new ECDSAVerifier(DidKey.decode(client.clientId()));
    }
    if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
      var secret = client.clientSecret();
      if (secret == null) {
        throw new RefusedException("invalid_request_object", "the client has no secret");
      }
      return new MACVerifier(secret);
    }
    return verifier(published(unverified));
  }

  private static JWSVerifier verifier(JWK key) throws JOSEException, RefusedException {
    return switch (key.getKeyType().getValue()) {
      case "EC" -> new ECDSAVerifier(key.toECKey());
      case "RSA" -> new RSASSAVerifier(key.toRSAKey());
      default -> throw new RefusedException("invalid_request_object", "neither EC nor RSA key");
    };
  }

  private JWK published(JWSObject unverified) throws RefusedException {
    var jwkSetUrl = client.jwkSetUrl();
    var matcher = JWKMatcher.forJWSHeader(unverified.getHeader());
    if (jwkSetUrl == null || matcher == null) {
      throw new RefusedException("invalid_request_object", "no key for this client and alg");
    }
    try {
      var url = URI.create(jwkSetUrl).toURL();
      var keys = JWKSet.load(url, TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
      return new JWKSelector(matcher)
          .select(keys).stream()
              .findFirst()
              .orElseThrow(
                  () -> new RefusedException("invalid_request_object", "kid is not in the JWKS"));
    } catch (IOException | ParseException e) {
      throw new RefusedException("invalid_request_object", "JWKS: " + e.getMessage());
    }
  }
}
