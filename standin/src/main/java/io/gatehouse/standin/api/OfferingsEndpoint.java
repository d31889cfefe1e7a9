package io.gatehouse.standin.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import io.gatehouse.standin.key.OwnTokens;
import io.gatehouse.standin.state.LiveLogins;
import io.gatehouse.standin.trouble.ApiTrouble;
import io.gatehouse.standin.trouble.Script;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A small protected API that an application can call with its access token. */
@RestController
public final class OfferingsEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 200;

  private final OwnTokens tokens;
  private final LiveLogins logins;
  private final Offerings offerings;
  private final Script<ApiTrouble> trouble;

  OfferingsEndpoint(
      OwnTokens tokens, LiveLogins logins, Offerings offerings, Script<ApiTrouble> trouble) {
    this.tokens = tokens;
    this.logins = logins;
    this.offerings = offerings;
    this.trouble = trouble;
  }

  @GetMapping("/api/offerings")
  ResponseEntity<?> list(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
    return authorized(
        authorization,
        claims ->
            ResponseEntity.ok(
                Map.of("subject", claims.getSubject(), "offerings", offerings.all())));
  }

  // Read the body as text: a caller without a token gets 401, whatever the body is.
  @PostMapping("/api/offerings")
  ResponseEntity<?> create(
      @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
      @RequestBody(required = false) @Nullable String body) {
    return authorized(
        authorization,
        claims ->
            Powers.allow(claims, "ProductOffering", "Create")
                ? create(body)
                : refused(
                    HttpStatus.FORBIDDEN,
                    "insufficient_scope", // RFC 6750, 3.1
                    "the credential has no power ProductOffering, Create"));
  }

  private ResponseEntity<?> create(@Nullable String body) {
    var name = name(body);
    return name.isBlank() || name.length() > LONGEST_NAME
        ? refused(HttpStatus.BAD_REQUEST, "invalid_request", "name is missing or too long")
        : ResponseEntity.status(HttpStatus.CREATED).body(offerings.create(name));
  }

  private static String name(@Nullable String body) {
    try {
      JsonNode json = body == null ? JSON.nullNode() : JSON.readTree(body);
      return json.path("name").isTextual() ? json.path("name").asText() : "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private ResponseEntity<?> authorized(
      @Nullable String authorization, Function<JWTClaimsSet, ResponseEntity<?>> answer) {
    if (trouble.take() == ApiTrouble.UNAUTHORIZED) {
      return unauthorized("Bearer error=\"invalid_token\"");
    }
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return unauthorized("Bearer"); // RFC 6750, 3: no error code if the request has no token
    }
    var token = tokens.accessToken(authorization.substring(7));
    return token.isPresent() && isCurrent(token.get()) && logins.stillHas(token.get())
        ? answer.apply(token.get())
        : unauthorized("Bearer error=\"invalid_token\"");
  }

  private static boolean isCurrent(JWTClaimsSet claims) {
    var exp = claims.getExpirationTime();
    return exp != null && exp.toInstant().isAfter(Instant.now());
  }

  private static ResponseEntity<?> unauthorized(String challenge) {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .header("WWW-Authenticate", challenge)
        .build();
  }

  private static ResponseEntity<?> refused(HttpStatus status, String error, String description) {
    return ResponseEntity.status(status)
        .header("WWW-Authenticate", "Bearer error=\"" + error + "\"")
        .body(Map.of("error", error, "error_description", description));
  }
}
