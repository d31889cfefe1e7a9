package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ClaimPath;
import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.access.RoleClaims;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.protocol.AccessTokenVerifier;
import io.gatehouse.internal.server.LoginFailedException;
import java.lang.System.Logger;
import java.util.HashSet;
import java.util.Set;

/**
 * The roles of a user. They come from the ID token; if a path of {@code gatehouse.roles} is absent
 * there, from the access token, provided that it is a JWT signed by the authorization server.
 */
public final class Roles {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final RoleClaims roleClaims;
  private final AccessTokenVerifier accessTokens;

  public Roles(RoleClaims roleClaims, AccessTokenVerifier accessTokens) {
    this.roleClaims = roleClaims;
    this.accessTokens = accessTokens;
  }

  /**
   * Returns the roles.
   *
   * @param claimsJson the claims of the verified ID token
   * @throws LoginFailedException if the authorization server's keys are needed and unavailable
   */
  public Set<String> of(String claimsJson, String accessToken) throws LoginFailedException {
    var claims = ClaimsJson.parse(claimsJson);
    var found = new HashSet<String>();
    var elsewhere = new HashSet<ClaimPath>();
    for (var path : roleClaims.paths()) {
      path.in(claims)
          .ifPresentOrElse(it -> found.addAll(RoleClaims.names(it)), () -> elsewhere.add(path));
    }
    if (!elsewhere.isEmpty()) {
      found.addAll(inAccessToken(accessToken, elsewhere));
    }
    return roleClaims.withLinks(found);
  }

  private Set<String> inAccessToken(String accessToken, Set<ClaimPath> paths)
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
      paths.forEach(path -> path.in(claims).ifPresent(it -> found.addAll(RoleClaims.names(it))));
    } catch (IllegalArgumentException unreadable) { // the verifier's parser has other limits
      LOG.log(Logger.Level.INFO, "no roles from gatehouse.roles: the access token is too complex");
    }
    return found;
  }
}
