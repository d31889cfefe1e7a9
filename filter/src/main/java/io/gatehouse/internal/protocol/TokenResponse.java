package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.JsonMessage;
import io.gatehouse.internal.server.LoginFailedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token response (RFC 6749 section 5.1 and OpenID Connect Core 1.0 section 3.1.3.3); its ID
 * token is not verified yet. The string form hides the tokens.
 */
public final class TokenResponse {
  private static final Duration UNSTATED_LIFETIME = Duration.ofMinutes(5);
  private static final Duration MAX_LIFETIME = Duration.ofDays(1);

  private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]*");

  private final String accessToken;
  private final Optional<String> idToken;
  private final Optional<String> refreshToken;
  private final Duration expiresIn;
  private final String scope;

  private TokenResponse(JsonMessage json) throws LoginFailedException {
    if (json.states("error")) { // RFC 6749 5.2: it may be either, never both
      throw JsonMessage.invalid("the token answer has an error");
    }
    accessToken = token(required(json, "access_token"));
    idToken = json.string("id_token");
    var refresh = json.string("refresh_token");
    refreshToken = refresh.isPresent() ? Optional.of(token(refresh.get())) : refresh;
    expiresIn = expiresIn(json.number("expires_in"));
    scope = json.string("scope").orElse("");
    if (!required(json, "token_type").equalsIgnoreCase("bearer")) { // RFC 6749 7.1
      throw JsonMessage.invalid("the token answer has a token_type that is not Bearer");
    }
  }

  public static TokenResponse parse(byte[] body) throws LoginFailedException {
    return new TokenResponse(JsonMessage.parse("the token answer", body));
  }

  private static String required(JsonMessage json, String name) throws LoginFailedException {
    return json.string(name)
        .orElseThrow(() -> JsonMessage.invalid("the token answer has no " + name));
  }

  // A line end, for example, would end the header that carries the token.
  private static String token(String value) throws LoginFailedException {
    if (!VISIBLE.matcher(value).matches()) {
      throw JsonMessage.invalid(
          "the token answer has a token with characters that none has (RFC 6749 A.12, A.17)");
    }
    return value;
  }

  private static Duration expiresIn(Optional<BigDecimal> seconds) throws LoginFailedException {
    if (seconds.isEmpty()) {
      return UNSTATED_LIFETIME;
    }
    // Compared before the conversion: 1e999999999 is a number too.
    if (seconds.get().compareTo(BigDecimal.valueOf(MAX_LIFETIME.toSeconds())) > 0) {
      return MAX_LIFETIME;
    }
    if (seconds.get().compareTo(BigDecimal.ONE) < 0) {
      throw JsonMessage.invalid("the token answer has an expires_in that is past");
    }
    return Duration.ofSeconds(seconds.get().longValue());
  }

  public String accessToken() {
    return accessToken;
  }

  /** Returns the ID token; a refresh may omit it (OpenID Connect Core 1.0 section 12.2). */
  public Optional<String> idToken() {
    return idToken;
  }

  public Optional<String> refreshToken() {
    return refreshToken;
  }

  /**
   * Returns the access token's lifetime: as stated, but at most a day; 5 minutes if none is stated.
   */
  public Duration expiresIn() {
    return expiresIn;
  }

  /**
   * Returns the granted scope as the authorization server stated it; empty if none is stated. The
   * requested scope is never assumed: a server that omits the scope does not thereby grant it
   * (CVE-2022-31690).
   */
  public String scope() {
    return scope;
  }

  @Override
  public String toString() {
    return "TokenResponse[hidden]";
  }
}
