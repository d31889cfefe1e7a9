package io.gatehouse.internal.server;

/** The endpoints of the authorization server that a login or logout uses. */
public enum Endpoint {
  AUTHORIZATION("authorization_endpoint", "endpoints.authorization", true),
  TOKEN("token_endpoint", "endpoints.token", true),
  JWKS("jwks_uri", "endpoints.jwks", true),
  END_SESSION("end_session_endpoint", "endpoints.end-session", false),
  REVOCATION("revocation_endpoint", "endpoints.revocation", false),
  PUSHED_AUTHORIZATION_REQUEST(
      "pushed_authorization_request_endpoint", "endpoints.pushed-authorization-request", false);

  private final String metadataName;
  private final String property;
  private final boolean required;

  Endpoint(String metadataName, String property, boolean required) {
    this.metadataName = metadataName;
    this.property = property;
    this.required = required;
  }

  /** Returns whether login requires this endpoint. */
  public boolean isRequired() {
    return required;
  }

  /** Returns the name in the authorization server's metadata (RFC 8414 section 2). */
  String metadataName() {
    return metadataName;
  }

  /** Returns the property, without prefix, that overrides the metadata. */
  public String property() {
    return property;
  }
}
