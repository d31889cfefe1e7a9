package io.gatehouse.standin.config;

import io.gatehouse.standin.did.DidKey;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * One client in the format of the Verifier's list of trusted services, with an additional {@code
 * clientSecret}, which is the stand-in's own: the Verifier knows no shared secrets.
 */
public record ClientRegistration(
    String clientId,
    @Nullable String url,
    List<String> redirectUris,
    List<String> scopes,
    List<String> clientAuthenticationMethods,
    List<String> authorizationGrantTypes,
    List<String> postLogoutRedirectUris,
    @Nullable String backchannelLogoutUri,
    boolean requireAuthorizationConsent,
    boolean requireProofKey,
    @Nullable String jwkSetUrl,
    @Nullable String tokenEndpointAuthenticationSigningAlgorithm,
    @Nullable String clientSecret) {

  public ClientRegistration {
    if (clientId == null || clientId.isBlank()) {
      throw new IllegalArgumentException("clientId is missing");
    }
    redirectUris = orElse(redirectUris, List.of());
    scopes = orElse(scopes, List.of("openid_learcredential"));
    clientAuthenticationMethods =
        orElse(clientAuthenticationMethods, List.of("client_secret_jwt", "private_key_jwt"));
    authorizationGrantTypes =
        orElse(authorizationGrantTypes, List.of("authorization_code", "refresh_token"));
    postLogoutRedirectUris = orElse(postLogoutRedirectUris, List.of());
    if (backchannelLogoutUri != null && !backchannelLogoutUri.matches("https?://.+")) {
      throw new IllegalArgumentException("backchannelLogoutUri is no http URI");
    }
    if (DidKey.isDidKey(clientId)) {
      DidKey.decode(clientId);
    }
  }

  /**
   * Returns the client for Spring. Each registration gets its own id, because Spring caches a
   * client's assertion keys under the id.
   */
  public RegisteredClient registered(Issuer issuer, TokenSettings tokens) {
    return RegisteredClient.withId(UUID.randomUUID().toString())
        .clientId(clientId)
        .clientSecret(clientSecret)
        .clientAuthenticationMethods(
            methods ->
                clientAuthenticationMethods.forEach(
                    method -> methods.add(new ClientAuthenticationMethod(method))))
        .authorizationGrantTypes(
            types ->
                authorizationGrantTypes.forEach(
                    type -> types.add(new AuthorizationGrantType(type))))
        .redirectUris(uris -> uris.addAll(redirectUris))
        .postLogoutRedirectUris(uris -> uris.addAll(postLogoutRedirectUris))
        .scopes(all -> all.addAll(scopes))
        .clientSettings(clientSettings(issuer))
        .tokenSettings(tokens)
        .build();
  }

  /** Returns the origin that may send cross-origin requests. */
  public @Nullable String origin() {
    if (url == null) {
      return null;
    }
    var uri = URI.create(url);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private ClientSettings clientSettings(Issuer issuer) {
    var settings =
        ClientSettings.builder()
            .requireAuthorizationConsent(requireAuthorizationConsent)
            .requireProofKey(requireProofKey)
            .tokenEndpointAuthenticationSigningAlgorithm(assertionAlgorithm());
    if (jwkSetUrl != null) {
      settings.jwkSetUrl(jwkSetUrl);
    } else if (DidKey.isDidKey(clientId)) {
      settings.jwkSetUrl(issuer.url("/oidc/did/" + clientId));
    }
    return settings.build();
  }

  // The method's name does not decide: with ES256, "client_secret_jwt" is a signature by the key.
  private JwsAlgorithm assertionAlgorithm() {
    var name = tokenEndpointAuthenticationSigningAlgorithm;
    if (name == null) {
      return clientSecret == null ? SignatureAlgorithm.ES256 : MacAlgorithm.HS256;
    }
    JwsAlgorithm algorithm = MacAlgorithm.from(name);
    if (algorithm == null) {
      algorithm = SignatureAlgorithm.from(name);
    }
    if (algorithm == null) {
      throw new IllegalArgumentException(
          "tokenEndpointAuthenticationSigningAlgorithm is no JWS algorithm");
    }
    return algorithm;
  }

  private static List<String> orElse(@Nullable List<String> given, List<String> otherwise) {
    return given == null || given.isEmpty() ? otherwise : List.copyOf(given);
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "ClientRegistration[" + clientId + "]";
  }
}
