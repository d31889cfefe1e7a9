package io.gatehouse.standin.state;

import io.gatehouse.standin.config.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * The codes and refresh tokens in circulation, the oldest dropped first. No other token is looked
 * up: introspection does not work in the Verifier, and revocation, where it works, is of refresh
 * tokens.
 */
public final class Authorizations implements OAuth2AuthorizationService {

  /** Attributes of an authorization, for the tokens issued from it. */
  public static final String PERSON = "person";

  public static final String AUTH_TIME = "auth_time";
  public static final String ACR = "acr";
  public static final String SID = "sid";

  private static final int MOST = 10_000;

  private final boolean overlappingLoginsClash;
  private final Map<String, OAuth2Authorization> byId = new LinkedHashMap<>();
  private final Map<String, String> idByToken = new LinkedHashMap<>();
  private final Set<String> ended = new LinkedHashSet<>();

  Authorizations(Settings settings) {
    this.overlappingLoginsClash = settings.overlappingLoginsClash();
  }

  @Override
  public synchronized void save(OAuth2Authorization authorization) {
    if (ended.contains(authorization.getId())) {
      return; // saved by a refresh that was in progress when its login ended
    }
    if (overlappingLoginsClash) {
      overwriteCodesOf(authorization.getRegisteredClientId(), authorization.getId());
    }
    var before = byId.get(authorization.getId());
    if (before != null) {
      remove(before);
    }
    byId.put(authorization.getId(), authorization);
    tokens(authorization).forEach(token -> idByToken.put(token, authorization.getId()));
    if (byId.size() > MOST) {
      remove(byId.values().iterator().next());
    }
  }

  @Override
  public synchronized void remove(OAuth2Authorization authorization) {
    byId.remove(authorization.getId());
    tokens(authorization).forEach(idByToken::remove);
  }

  /** Removes an authorization permanently. */
  synchronized void end(OAuth2Authorization authorization) {
    // Remove the current version: a later refresh may have given it other tokens.
    var now = byId.get(authorization.getId());
    remove(now == null ? authorization : now);
    ended.add(authorization.getId());
    if (ended.size() > MOST) {
      ended.remove(ended.iterator().next());
    }
  }

  @Override
  public synchronized @Nullable OAuth2Authorization findById(String id) {
    return byId.get(id);
  }

  @Override
  public synchronized @Nullable OAuth2Authorization findByToken(
      String token, @Nullable OAuth2TokenType tokenType) {
    var kind = Objects.requireNonNullElse(tokenType, OAuth2TokenType.REFRESH_TOKEN).getValue();
    var id = idByToken.get(kind + ' ' + token);
    return id == null ? null : byId.get(id);
  }

  /** Returns the authorizations for which tokens were issued. */
  synchronized List<OAuth2Authorization> redeemed() {
    return byId.values().stream()
        .filter(authorization -> authorization.getAccessToken() != null)
        .toList();
  }

  // 2.x and 3.0 keep one authorization per client until its code is redeemed.
  private void overwriteCodesOf(String registeredClientId, String exceptId) {
    byId.values().stream()
        .filter(other -> other.getRegisteredClientId().equals(registeredClientId))
        .filter(other -> !other.getId().equals(exceptId))
        .filter(other -> other.getAccessToken() == null)
        .toList()
        .forEach(this::remove);
  }

  // The type is part of the key, so that a code offered as a refresh token is not found.
  private static Stream<String> tokens(OAuth2Authorization authorization) {
    var code = authorization.getToken(OAuth2AuthorizationCode.class);
    var refreshToken = authorization.getRefreshToken();
    return Stream.concat(
        Stream.ofNullable(code).map(token -> "code " + token.getToken().getTokenValue()),
        Stream.ofNullable(refreshToken)
            .map(token -> "refresh_token " + token.getToken().getTokenValue()));
  }
}
