package io.gatehouse.standin.endpoint;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Person;
import io.gatehouse.standin.config.Settings;
import io.gatehouse.standin.state.Authorizations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** Turns Spring's tokens into the Verifier's. */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

  private static final Duration ID_TOKEN_LIFETIME = Duration.ofSeconds(60);

  private final Issuer issuer;
  private final boolean vcAsString;
  private final boolean logOut;

  TokenClaims(Settings settings, Issuer issuer) {
    this.issuer = issuer;
    this.vcAsString = settings.vcAsString();
    this.logOut = settings.logOut();
  }

  @Override
  public void customize(JwtEncodingContext context) {
    context.getJwsHeader().algorithm(SignatureAlgorithm.ES256).type("JWT");
    var authorization = Objects.requireNonNull(context.getAuthorization());
    Person person = Objects.requireNonNull(authorization.getAttribute(Authorizations.PERSON));
    var claims = context.getClaims().issuer(issuer.ofTokens());
    if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      access(claims, person, String.join(" ", authorization.getAuthorizedScopes()));
      nameLogin(claims, authorization);
      return;
    }
    identify(claims, person, authorization);
    nameLogin(claims, authorization);
    if (context.getAuthorizationGrantType().equals(AuthorizationGrantType.REFRESH_TOKEN)) {
      // Neither the login's auth_time, nor nonce nor profile: the Verifier forgets them.
      claims.claim("auth_time", Instant.now().getEpochSecond());
    } else {
      profile(claims, person, authorization);
    }
  }

  private void access(JwtClaimsSet.Builder claims, Person person, String scope) {
    var vc = Credential.of(person);
    claims
        .claims(all -> all.remove("nbf"))
        .claim("scope", scope)
        .claim("vc", vcAsString ? JSONObjectUtils.toJSONString(vc) : vc);
  }

  // Every token of a login has the sid, so that the API can refuse each token after the login has
  // ended.
  private void nameLogin(JwtClaimsSet.Builder claims, OAuth2Authorization authorization) {
    if (logOut) {
      String sid = Objects.requireNonNull(authorization.getAttribute(Authorizations.SID));
      claims.claim("sid", sid);
    }
  }

  private static void identify(
      JwtClaimsSet.Builder claims, Person person, OAuth2Authorization authorization) {
    String acr = Objects.requireNonNull(authorization.getAttribute(Authorizations.ACR));
    claims
        .claims(all -> all.keySet().removeAll(List.of("azp", "jti", "nbf", "sid")))
        .expiresAt(claims.build().getIssuedAt().plus(ID_TOKEN_LIFETIME))
        .claim("acr", acr)
        .claim("vc_json", JSONObjectUtils.toJSONString(Credential.of(person)));
  }

  private static void profile(
      JwtClaimsSet.Builder claims, Person person, OAuth2Authorization authorization) {
    Long authTime = Objects.requireNonNull(authorization.getAttribute(Authorizations.AUTH_TIME));
    claims
        .claim("auth_time", authTime)
        .claim("name", person.fullName())
        .claim("given_name", person.givenName())
        .claim("family_name", person.familyName())
        .claim("email", person.email())
        .claim("email_verified", true);
  }
}
