package io.gatehouse.cli.register;

import io.gatehouse.cli.output.CannotDoException;
import jakarta.json.Json;

/** An entry of the Verifier's list of trusted services; see docs/configuration.md. */
final class VerifierEntry {
  private VerifierEntry() {}

  /**
   * Returns the entry as YAML.
   *
   * @throws CannotDoException if the application is not a client of a Verifier
   */
  static String write(Registration registration) {
    var application = registration.application();
    if (!application.isKnownByDidKey()) {
      throw new CannotDoException(
          "gatehouse.provider is not verifier, so the application has no did:key. Set it, or write"
              + " the registration for another server");
    }
    return """
    clients:
      - clientId: %s
        url: %s
        redirectUris: [%s]
        scopes: ["openid_learcredential"]
        clientAuthenticationMethods: ["client_secret_jwt"]
        authorizationGrantTypes: ["authorization_code", "refresh_token"]
        postLogoutRedirectUris: [%s]
        requireAuthorizationConsent: false
        requireProofKey: false
        jwkSetUrl: %s
        tokenEndpointAuthenticationSigningAlgorithm: %s
    """
        .formatted(
            quoted(application.clientId()),
            quoted(registration.publicUrl()),
            quoted(registration.redirectUri()),
            quoted(registration.postLogoutRedirectUri()),
            quoted(application.issuer() + "/oidc/did/" + application.clientId()),
            quoted(registration.clientAuthAlgorithm()));
  }

  // A JSON string is also a YAML string (YAML 1.2.2 section 1.2).
  private static String quoted(String text) {
    return Json.createValue(text).toString();
  }
}
