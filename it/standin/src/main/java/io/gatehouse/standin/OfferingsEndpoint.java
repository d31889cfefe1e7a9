package io.gatehouse.standin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A small protected API, so that an application has something to call with its access token. */
@RestController
final class OfferingsEndpoint {

  private static final List<Map<String, String>> OFFERINGS =
      List.of(
          Map.of("id", "offering-1", "name", "Example Cloud Storage", "status", "Launched"),
          Map.of("id", "offering-2", "name", "Example Analytics", "status", "Active"),
          Map.of("id", "offering-3", "name", "Example Edge Gateway", "status", "In study"));

  private final SigningKey key;
  private final Issuer issuer;

  OfferingsEndpoint(SigningKey key, Issuer issuer) {
    this.key = key;
    this.issuer = issuer;
  }

  @GetMapping("/api/offerings")
  ResponseEntity<Map<String, Object>> offerings(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return unauthorized("Bearer"); // RFC 6750, 3: no error code where no token came
    }
    return verify(authorization.substring(7))
        .map(
            claims ->
                ResponseEntity.ok(
                    Map.<String, Object>of("subject", claims.getSubject(), "offerings", OFFERINGS)))
        .orElseGet(() -> unauthorized("Bearer error=\"invalid_token\""));
  }

  private Optional<JWTClaimsSet> verify(String token) {
    try {
      var jwt = SignedJWT.parse(token);
      if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.ES256)
          || !jwt.verify(new ECDSAVerifier(key.current().toPublicJWK()))) {
        return Optional.empty();
      }
      var claims = jwt.getJWTClaimsSet();
      var exp = claims.getExpirationTime();
      var isAccessToken = claims.getClaim("scope") != null; // an id_token has none
      return issuer.ofTokens().equals(claims.getIssuer())
              && exp != null
              && exp.toInstant().isAfter(Instant.now())
              && isAccessToken
          ? Optional.of(claims)
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static ResponseEntity<Map<String, Object>> unauthorized(String challenge) {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .header("WWW-Authenticate", challenge)
        .build();
  }
}
