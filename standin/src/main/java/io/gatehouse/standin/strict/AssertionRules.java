package io.gatehouse.standin.strict;

import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.standin.state.Calls;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Rules for a client assertion beyond those of Spring (RFC 7523, 3; RFC 10070). */
public final class AssertionRules implements OAuth2TokenValidator<Jwt> {

  private static final long LONGEST_LIFE_SECONDS = 60;
  private static final long LEEWAY_SECONDS = 5;
  private static final int MAX_IDS = 10_000;

  private final Calls calls;
  private final Clock clock;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  public AssertionRules(Calls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public OAuth2TokenValidatorResult validate(Jwt assertion) {
    var violations = violations(assertion);
    violations.forEach(calls::violated);
    return violations.isEmpty()
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(
            new OAuth2Error("invalid_client", String.join("; ", violations), null));
  }

  private List<String> violations(Jwt assertion) {
    var violations = new ArrayList<String>();
    var now = clock.instant();
    if (!audienceIsOneString(assertion)) {
      violations.add("client assertion: aud");
    }
    var iat = issuedAt(assertion);
    if (iat == null || iat.isAfter(now.plusSeconds(LEEWAY_SECONDS))) {
      violations.add("client assertion: iat");
    }
    var exp = assertion.getExpiresAt();
    if (exp == null || exp.isAfter(now.plusSeconds(LONGEST_LIFE_SECONDS + LEEWAY_SECONDS))) {
      violations.add("client assertion: exp");
    }
    if (!isFirstUse(assertion, now)) {
      violations.add("client assertion: jti");
    }
    return violations;
  }

  // Read the token itself: Spring's decoder turns aud into a list, and adds an iat if it is absent.
  private static boolean audienceIsOneString(Jwt assertion) {
    return rawClaims(assertion).get("aud") instanceof String;
  }

  private static @Nullable Instant issuedAt(Jwt assertion) {
    return rawClaims(assertion).get("iat") instanceof Number seconds
        ? Instant.ofEpochSecond(seconds.longValue())
        : null;
  }

  private static Map<String, Object> rawClaims(Jwt assertion) {
    try {
      return SignedJWT.parse(assertion.getTokenValue()).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new IllegalStateException("Spring has decoded it already", e);
    }
  }

  private boolean isFirstUse(Jwt assertion, Instant now) {
    var jti = assertion.getId();
    if (jti == null || jti.isBlank()) {
      return false;
    }
    if (used.size() > MAX_IDS) {
      used.values().removeIf(exp -> exp.isBefore(now.minusSeconds(LONGEST_LIFE_SECONDS)));
    }
    var exp = assertion.getExpiresAt();
    return used.putIfAbsent(assertion.getSubject() + ' ' + jti, exp == null ? now : exp) == null;
  }
}
