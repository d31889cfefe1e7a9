package io.gatehouse.standin;

import com.nimbusds.jwt.JWTClaimsSet;
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

  private final OwnTokens tokens;
  private final LiveLogins logins;
  private final Script<ApiTrouble> trouble;

  OfferingsEndpoint(OwnTokens tokens, LiveLogins logins, Script<ApiTrouble> trouble) {
    this.tokens = tokens;
    this.logins = logins;
    this.trouble = trouble;
  }

  @GetMapping("/api/offerings")
  ResponseEntity<Map<String, Object>> offerings(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
    if (trouble.take() == ApiTrouble.UNAUTHORIZED) {
      return unauthorized("Bearer error=\"invalid_token\"");
    }
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
    return tokens.accessToken(token).filter(OfferingsEndpoint::isCurrent).filter(logins::stillHas);
  }

  private static boolean isCurrent(JWTClaimsSet claims) {
    var exp = claims.getExpirationTime();
    return exp != null && exp.toInstant().isAfter(Instant.now());
  }

  private static ResponseEntity<Map<String, Object>> unauthorized(String challenge) {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .header("WWW-Authenticate", challenge)
        .build();
  }
}
