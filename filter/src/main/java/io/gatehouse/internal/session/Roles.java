package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.RareWarning;
import io.gatehouse.internal.protocol.AccessTokenVerifier;
import io.gatehouse.internal.server.LoginFailedException;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The roles of a user. They come from the ID token; if a path of {@code gatehouse.roles} is absent
 * there, from the access token, provided that it is a JWT signed by the authorization server.
 */
public final class Roles {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final RoleClaims roleClaims;
  private final AccessTokenVerifier accessTokens;
  private final RareWarning ofAnother;

  public Roles(RoleClaims roleClaims, AccessTokenVerifier accessTokens, Clock clock) {
    this.roleClaims = roleClaims;
    this.accessTokens = accessTokens;
    this.ofAnother = new RareWarning(clock);
  }

  /**
   * Returns the roles. If the ID token has an {@code at_hash}, that binds the access token to the
   * user; otherwise the access token must not have another {@code sub}. With an {@code at_hash} it
   * may: servers give APIs other subjects than clients (RFC 9068 section 6).
   *
   * @param claimsJson the claims of the verified ID token of the same token response
   * @throws LoginFailedException if the authorization server's keys are needed and unavailable
   */
  public Set<String> of(String claimsJson, String accessToken) throws LoginFailedException {
    var claims = ClaimsJson.parse(claimsJson);
    return of(
        claims,
        accessToken,
        claims.containsKey("at_hash") ? Optional.empty() : Optional.ofNullable(claims.get("sub")));
  }

  /**
   * Returns the roles after a refresh without an ID token. Only its {@code sub} shows whose access
   * token it is, so that must not be another.
   *
   * @param claimsJson the claims of the user, from earlier ID tokens
   * @throws LoginFailedException if the authorization server's keys are needed and unavailable
   */
  public Set<String> withoutIdToken(String claimsJson, String accessToken)
      throws LoginFailedException {
    var claims = ClaimsJson.parse(claimsJson);
    return of(claims, accessToken, Optional.ofNullable(claims.get("sub")));
  }

  private Set<String> of(Map<String, Object> claims, String accessToken, Optional<Object> sub)
      throws LoginFailedException {
    var found = new HashSet<String>();
    var elsewhere = new HashSet<ClaimPath>();
    for (var path : roleClaims.paths()) {
      path.in(claims)
          .ifPresentOrElse(it -> found.addAll(RoleClaims.names(it)), () -> elsewhere.add(path));
    }
    if (!elsewhere.isEmpty()) {
      found.addAll(inAccessToken(accessToken, elsewhere, sub));
    }
    return roleClaims.withLinks(found);
  }

  private Set<String> inAccessToken(
      String accessToken, Set<ClaimPath> paths, Optional<Object> ofSub)
      throws LoginFailedException {
    var found = new HashSet<String>();
    if (!accessTokens.isVerified(accessToken)) {
      LOG.log(
          Logger.Level.INFO,
          "no roles from gatehouse.roles: the ID token does not have them, and the access token is"
              + " no JWT that the server signed");
      return found;
    }
    try {
      var claims = ClaimsJson.parse(JwsPayload.of(accessToken));
      var sub = claims.get("sub");
      if (sub != null && ofSub.isPresent() && !sub.equals(ofSub.get())) {
        ofAnother.log(Warnings.ROLES_OF_ANOTHER);
        return found;
      }
      paths.forEach(path -> path.in(claims).ifPresent(it -> found.addAll(RoleClaims.names(it))));
    } catch (IllegalArgumentException unreadable) { // the verifier's parser has other limits
      LOG.log(Logger.Level.INFO, "no roles from gatehouse.roles: the access token is too complex");
    }
    return found;
  }
}
