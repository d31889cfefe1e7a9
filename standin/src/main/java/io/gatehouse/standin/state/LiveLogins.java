package io.gatehouse.standin.state;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;

/** Logins whose code was redeemed and that have not ended since. */
public final class LiveLogins {

  private final Authorizations authorizations;

  LiveLogins(Authorizations authorizations) {
    this.authorizations = authorizations;
  }

  public record LiveLogin(String sid, String sub, String client) {

    private static LiveLogin of(OAuth2Authorization authorization) {
      String sid = Objects.requireNonNull(authorization.getAttribute(Authorizations.SID));
      OAuth2AuthorizationRequest request =
          Objects.requireNonNull(
              authorization.getAttribute(OAuth2AuthorizationRequest.class.getName()));
      return new LiveLogin(sid, authorization.getPrincipalName(), request.getClientId());
    }
  }

  public List<LiveLogin> all() {
    return authorizations.redeemed().stream().map(LiveLogin::of).toList();
  }

  /** Ends a login: from now on its refresh token is unknown and its access tokens are refused. */
  public Optional<LiveLogin> end(String sid) {
    var authorization = find(sid);
    authorization.ifPresent(authorizations::end);
    return authorization.map(LiveLogin::of);
  }

  public void endAll(String client, String sub) {
    all().stream()
        .filter(login -> login.client().equals(client) && login.sub().equals(sub))
        .forEach(login -> end(login.sid()));
  }

  /**
   * Returns whether the login of a token is live; a token without sid ends only when it expires.
   */
  public boolean stillHas(JWTClaimsSet accessToken) {
    return !(accessToken.getClaim("sid") instanceof String sid)
        || find(sid).filter(LiveLogins::isNotRevoked).isPresent();
  }

  // RFC 7009, 2.1: revoking the refresh token revokes its grant's access tokens; Spring marks both.
  private static boolean isNotRevoked(OAuth2Authorization authorization) {
    return !authorization.getAccessToken().isInvalidated();
  }

  private Optional<OAuth2Authorization> find(String sid) {
    return authorizations.redeemed().stream()
        .filter(authorization -> sid.equals(authorization.getAttribute(Authorizations.SID)))
        .findAny();
  }
}
