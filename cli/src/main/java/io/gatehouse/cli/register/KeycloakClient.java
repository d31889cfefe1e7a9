package io.gatehouse.cli.register;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * The client of docs/keycloak.md, in the form that Keycloak's admin API and {@code kcadm.sh}
 * accept.
 */
final class KeycloakClient {
  private KeycloakClient() {}

  static JsonObject of(Registration registration) {
    return Json.createObjectBuilder()
        .add("clientId", registration.application().clientId())
        .add("redirectUris", Json.createArrayBuilder().add(registration.redirectUri()))
        .add(
            "clientAuthenticatorType",
            registration.usesSecret() ? "client-secret-jwt" : "client-jwt")
        .add("frontchannelLogout", false)
        .add("attributes", attributes(registration))
        .build();
  }

  private static JsonObject attributes(Registration registration) {
    var attributes =
        Json.createObjectBuilder()
            .add("token.endpoint.auth.signing.alg", registration.clientAuthAlgorithm());
    if (registration.usesKey()) {
      attributes.add("use.jwks.url", "true").add("jwks.url", registration.jwksUri());
    }
    switch (registration.application().requestMode()) {
      case "pushed" ->
          // With "request only", Keycloak refuses its own request_uri of a pushed request.
          attributes
              .add("require.pushed.authorization.requests", "true")
              .add("request.object.required", "request or request_uri");
      case "value" -> attributes.add("request.object.required", "request only");
      default ->
          attributes
              .add("request.object.required", "request_uri only")
              .add("request.uris", registration.requestUris());
    }
    return attributes
        .add("request.object.signature.alg", registration.requestObjectAlgorithm())
        .add("pkce.code.challenge.method", "S256")
        .add("backchannel.logout.url", registration.backchannelLogoutUri())
        .add("backchannel.logout.session.required", "true")
        .add("post.logout.redirect.uris", registration.postLogoutRedirectUri())
        .build();
  }
}
