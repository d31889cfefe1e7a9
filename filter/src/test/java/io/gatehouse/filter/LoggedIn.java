package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.protocol.AdjustableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Sessions of users who have logged in. */
final class LoggedIn {
  static final String SUBJECT = "did:key:zHolder";

  private LoggedIn() {}

  static FakeSession session(AdjustableClock clock) {
    return session(clock, ValidConfiguration.ISSUER, ValidConfiguration.RFC_7515_A_3_DID_KEY);
  }

  static FakeSession session(AdjustableClock clock, String issuer, String clientId) {
    var claims = "{\"iss\":\"" + issuer + "\",\"sub\":\"" + SUBJECT + "\"}";
    var payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    var tokens =
        new Tokens(
            issuer,
            clientId,
            "access",
            "e30." + payload + ".c2ln",
            Optional.empty(),
            clock.instant().plus(Duration.ofMinutes(15)),
            "openid");
    return new FakeSession("logged-in").with(Tokens.ATTRIBUTE, tokens);
  }
}
