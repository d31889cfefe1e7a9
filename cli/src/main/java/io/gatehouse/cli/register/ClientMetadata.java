package io.gatehouse.cli.register;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

/**
 * Client metadata of RFC 7591 section 2, with the members of OpenID Connect Registration 1.0 and of
 * its logout specifications. The metadata leaves out {@code require_signed_request_object} (RFC
 * 9101 section 10.5): a server should ignore an unknown member, but Keycloak refuses the whole
 * registration.
 */
final class ClientMetadata {
  private ClientMetadata() {}

  static JsonObject of(Registration registration) {
    var application = registration.application();
    var metadata =
        Json.createObjectBuilder()
            .add("application_type", "web")
            .add("client_uri", registration.publicUrl())
            .add("redirect_uris", list(registration.redirectUri()))
            .add("response_types", list("code"))
            .add("grant_types", list("authorization_code", "refresh_token"))
            .add("scope", application.scope())
            .add(
                "token_endpoint_auth_method",
                registration.usesSecret() ? "client_secret_jwt" : "private_key_jwt")
            .add("token_endpoint_auth_signing_alg", registration.clientAuthAlgorithm());
    if (registration.usesKey()) {
      metadata.add("jwks_uri", registration.jwksUri());
    }
    switch (application.requestMode()) {
      case "pushed" -> metadata.add("require_pushed_authorization_requests", true);
      case "value" -> {}
      default -> metadata.add("request_uris", list(registration.requestUris()));
    }
    metadata.add("request_object_signing_alg", registration.requestObjectAlgorithm());
    if (application.idTokenAlgorithms().size() == 1) {
      metadata.add(
          "id_token_signed_response_alg",
          application.idTokenAlgorithms().iterator().next().wireName());
    }
    return metadata
        .add("post_logout_redirect_uris", list(registration.postLogoutRedirectUri()))
        .add("backchannel_logout_uri", registration.backchannelLogoutUri())
        .add("backchannel_logout_session_required", true)
        .build();
  }

  private static JsonArrayBuilder list(String... values) {
    var list = Json.createArrayBuilder();
    for (var value : values) {
      list.add(value);
    }
    return list;
  }
}
