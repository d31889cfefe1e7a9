package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.Provider;
import io.gatehouse.internal.config.ValidConfiguration;
import io.gatehouse.internal.protocol.AdjustableClock;
import io.gatehouse.internal.session.ClientRegistrations;
import io.gatehouse.internal.session.SessionTokens;
import io.gatehouse.internal.session.TokenSet;
import io.gatehouse.internal.session.VerifiedUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions of users who have logged in. */
public final class LoggedIn {
  public static final String SUBJECT = "did:key:zHolder";
  static final Duration LIFETIME = Duration.ofMinutes(15);

  /** The nonce of the login with which the session began. */
  public static final String NONCE = "nonce-of-the-log-in";

  private LoggedIn() {}

  public static FakeSession session(AdjustableClock clock) {
    return session(clock, ValidConfiguration.ISSUER, ValidConfiguration.RFC_7515_A_3_DID_KEY);
  }

  public static FakeSession session(AdjustableClock clock, String issuer, String clientId) {
    return session(clock, issuer, clientId, Optional.empty());
  }

  /** A session with a refresh token. */
  static FakeSession refreshable(AdjustableClock clock, String refreshToken) {
    return session(
        clock,
        ValidConfiguration.ISSUER,
        ValidConfiguration.RFC_7515_A_3_DID_KEY,
        Optional.of(refreshToken));
  }

  private static FakeSession session(
      AdjustableClock clock, String issuer, String clientId, Optional<String> refreshToken) {
    return new FakeSession("logged-in")
        .with(Tokens.ATTRIBUTE, tokens(clock, registration(issuer, clientId), refreshToken));
  }

  /** A session of another user. */
  public static FakeSession sessionOf(String subject, AdjustableClock clock) {
    var registration =
        registration(ValidConfiguration.ISSUER, ValidConfiguration.RFC_7515_A_3_DID_KEY);
    return new FakeSession("logged-in")
        .with(Tokens.ATTRIBUTE, tokens(subject, clock, registration, Optional.empty()));
  }

  static SessionTokens tokens(
      AdjustableClock clock, String registration, Optional<String> refreshToken) {
    return tokens(SUBJECT, clock, registration, refreshToken);
  }

  /**
   * Returns the tokens of a user with these roles, who has logged in behind one of several filters.
   */
  static SessionTokens tokensBehind(
      String filter, String subject, Set<String> roles, AdjustableClock clock) {
    return tokens(
        subject,
        "nonce-of-" + subject,
        roles,
        clock,
        filter + registration(ValidConfiguration.ISSUER, ValidConfiguration.RFC_7515_A_3_DID_KEY),
        Optional.empty());
  }

  /** Returns the tokens of another login of the same user. */
  public static TokenSet tokenSet(AdjustableClock clock, String nonce) {
    return tokens(SUBJECT, nonce, Set.of(), clock, "", Optional.empty()).current();
  }

  private static SessionTokens tokens(
      String subject, AdjustableClock clock, String registration, Optional<String> refreshToken) {
    return tokens(subject, NONCE, Set.of(), clock, registration, refreshToken);
  }

  private static SessionTokens tokens(
      String subject,
      String nonce,
      Set<String> roles,
      AdjustableClock clock,
      String registration,
      Optional<String> refreshToken) {
    var now = clock.millis();
    var claims =
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"nonce\":\"%s\",\"name\":\"Ada\"}"
            .formatted(ValidConfiguration.ISSUER, subject, now / 1000, nonce);
    var set =
        new TokenSet(
            "access",
            "e30." + base64Url(claims) + ".c2ln",
            refreshToken,
            "openid",
            now,
            now + LIFETIME.toMillis(),
            new VerifiedUser(claims, roles),
            0);
    return new SessionTokens(registration, "", now, set);
  }

  private static String registration(String issuer, String clientId) {
    var server = new Configuration.Server(issuer, Map.of(), issuer, Set.of(), true);
    var roles = new RoleClaims(List.of(new ClaimPath(Provider.VERIFIER.roles())), Map.of());
    return ClientRegistrations.named(server, clientId, roles);
  }

  public static String base64Url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
