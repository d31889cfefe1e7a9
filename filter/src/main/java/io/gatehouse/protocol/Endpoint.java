package io.gatehouse.protocol;

/** The endpoints of the server that a log-in uses. */
public enum Endpoint {
  AUTHORIZATION("authorization_endpoint", "endpoints.authorization"),
  TOKEN("token_endpoint", "endpoints.token"),
  JWKS("jwks_uri", "endpoints.jwks");

  private final String metadataName;
  private final String property;

  Endpoint(String metadataName, String property) {
    this.metadataName = metadataName;
    this.property = property;
  }

  /** The name in the server's metadata, RFC 8414 section 2. */
  String metadataName() {
    return metadataName;
  }

  /** The property, without prefix, that sets it in place of the metadata. */
  public String property() {
    return property;
  }
}
