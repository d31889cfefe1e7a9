package io.gatehouse.standin.state;

import io.gatehouse.standin.config.Issuer;
import io.gatehouse.standin.config.Person;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;

/** Issues codes that Spring's token endpoint then redeems. */
public final class AuthorizationCodes {

  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final SecureRandom random = new SecureRandom();
  private final Clients clients;
  private final Authorizations authorizations;
  private final Issuer issuer;

  AuthorizationCodes(Clients clients, Authorizations authorizations, Issuer issuer) {
    this.clients = clients;
    this.authorizations = authorizations;
    this.issuer = issuer;
  }

  public String issue(Login login, Person person) {
    var now = Instant.now();
    var code = random(32);
    var client = Objects.requireNonNull(clients.findByClientId(login.client().clientId()));
    var scopes = new LinkedHashSet<>(Arrays.asList(login.scope().split(" ", -1)));
    var principal =
        UsernamePasswordAuthenticationToken.authenticated(
            person.did(), "", AuthorityUtils.NO_AUTHORITIES);
    authorizations.save(
        OAuth2Authorization.withRegisteredClient(client)
            .principalName(person.did())
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizedScopes(scopes)
            .attribute(Principal.class.getName(), principal)
            .attribute(OAuth2AuthorizationRequest.class.getName(), request(login, scopes))
            .attribute(Authorizations.PERSON, person)
            .attribute(Authorizations.AUTH_TIME, now.getEpochSecond())
            .attribute(Authorizations.ACR, login.acr())
            .attribute(Authorizations.SID, random(16))
            .token(new OAuth2AuthorizationCode(code, now, now.plus(LIFETIME)))
            .build());
    return code;
  }

  private String random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private OAuth2AuthorizationRequest request(Login login, Set<String> scopes) {
    var additional = new LinkedHashMap<String, Object>();
    put(additional, "nonce", login.nonce());
    put(additional, "code_challenge", login.codeChallenge());
    put(additional, "code_challenge_method", login.codeChallengeMethod());
    return OAuth2AuthorizationRequest.authorizationCode()
        .authorizationUri(issuer.url("/oidc/authorize"))
        .clientId(login.client().clientId())
        .redirectUri(login.redirectUri())
        .scopes(scopes)
        .state(login.state())
        .additionalParameters(additional)
        .build();
  }

  private static void put(Map<String, Object> additional, String name, @Nullable String value) {
    if (value != null) {
      additional.put(name, value);
    }
  }
}
