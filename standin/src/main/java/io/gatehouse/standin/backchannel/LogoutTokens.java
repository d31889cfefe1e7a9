package io.gatehouse.standin.backchannel;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.key.SignedText;
import io.gatehouse.standin.key.SigningKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Logout tokens (OIDC Back-Channel Logout 1.0, 2.4): valid ones, and invalid ones on request. */
public final class LogoutTokens {

  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final long LIFETIME_SECONDS = 120;

  private final SigningKey key;
  private final Issuer issuer;

  LogoutTokens(SigningKey key, Issuer issuer) {
    this.key = key;
    this.issuer = issuer;
  }

  /**
   * Changes that a test requests. A member replaces that of the valid token; {@code null} removes
   * it.
   *
   * @param unrelatedKey whether the token is signed by an unrelated key, under our {@code kid}
   * @param algNone whether the token has {@code alg: none} and no signature
   */
  public record Wanted(
      @Nullable Map<String, @Nullable Object> header,
      @Nullable Map<String, @Nullable Object> claims,
      boolean unrelatedKey,
      boolean algNone) {}

  String right(String clientId, @Nullable String sid, @Nullable String sub) {
    var claims = claims();
    claims.put("aud", clientId);
    if (sid != null) {
      claims.put("sid", sid);
    }
    if (sub != null) {
      claims.put("sub", sub);
    }
    return SignedText.by(key.current(), header(), claims);
  }

  public String wrong(Wanted wanted) {
    var header = header();
    if (wanted.algNone()) {
      header.put("alg", "none");
    }
    var claims = claims();
    replace(header, wanted.header());
    replace(claims, wanted.claims());
    if (wanted.algNone()) {
      return SignedText.unsigned(header, claims);
    }
    return wanted.unrelatedKey()
        ? SignedText.byUnrelatedKey(header, claims)
        : SignedText.by(key.current(), header, claims);
  }

  private Map<String, Object> header() {
    var header = new LinkedHashMap<String, Object>();
    header.put("alg", "ES256");
    header.put("kid", key.current().getKeyID());
    header.put("typ", "logout+jwt");
    return header;
  }

  private Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer.ofTokens());
    claims.put("iat", now);
    claims.put("exp", now + LIFETIME_SECONDS);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of(EVENT, Map.of()));
    return claims;
  }

  private static void replace(
      Map<String, Object> members, @Nullable Map<String, @Nullable Object> wanted) {
    if (wanted == null) {
      return;
    }
    wanted.forEach(
        (name, value) -> {
          if (value == null) {
            members.remove(name);
          } else {
            members.put(name, value);
          }
        });
  }
}
