package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.FormEncoding;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization request of one login (OpenID Connect Core 1.0 section 3.1.2.1), as the redirect
 * that the browser follows and as the signed request object for the authorization server (RFC
 * 9101).
 */
public final class AuthorizationRequest {
  private static final String TYP = "oauth-authz-req+jwt"; // RFC 9101 section 10.8
  private static final long MAX_SECONDS = 3600; // FAPI 2.0 message signing 5.3.1: exp after nbf

  private final Client client;
  private final PendingLogin login;
  private final RequestedAuthentication requested;
  private final String redirectUri;

  /**
   * Creates the request.
   *
   * @param requested the way in which the user is to log in
   * @param redirectUri the address to which the authorization server sends the browser back
   */
  public AuthorizationRequest(
      PendingLogin login, RequestedAuthentication requested, String redirectUri) {
    this.client = login.client();
    this.login = login;
    this.requested = requested;
    this.redirectUri = redirectUri;
  }

  /**
   * Returns the address to send the browser to. The parameters are in the query too: some servers
   * read them only there, and servers that follow RFC 9101 section 5 ignore them.
   *
   * @param requestUri the address of the request object
   */
  public String location(URI authorizationEndpoint, String requestUri) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    query.put("request_uri", requestUri);
    query.putAll(mirrored());
    return location(authorizationEndpoint, query);
  }

  /**
   * Returns the address to send the browser to after pushing the request. It contains nothing that
   * anyone at the browser could change or read (RFC 9126 section 4).
   *
   * @param requestUri the authorization server's reference to the pushed request
   */
  public String locationOfPushed(URI authorizationEndpoint, String requestUri) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    query.put("request_uri", requestUri);
    return location(authorizationEndpoint, query);
  }

  /**
   * Returns the address to send the browser to, with the request object itself (RFC 9101 section
   * 5.1).
   *
   * @param ring the key ring, which limits the duration of the login
   */
  public String locationByValue(URI authorizationEndpoint, LoginKeyRing ring) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    // OpenID Connect Core 1.0 6.1 requires both parameters, equal to the object's
    query.put("response_type", "code");
    query.put("scope", client.scope());
    query.put("request", requestObject(ring));
    return location(authorizationEndpoint, query);
  }

  private static String location(URI authorizationEndpoint, Map<String, String> query) {
    var endpoint = authorizationEndpoint.toString();
    return endpoint + (endpoint.contains("?") ? "&" : "?") + FormEncoding.encode(query);
  }

  /**
   * Returns the request object: a JWT with the same claims each time it is created for this login.
   *
   * @param ring the key ring, which limits the duration of the login
   */
  public String requestObject(LoginKeyRing ring) {
    var issuedAt = login.begun().getEpochSecond();
    // A server whose clock is slightly behind must not see a time in the future.
    var notBefore = issuedAt - client.clockSkew().toSeconds();
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", client.clientId());
    claims.put("aud", client.issuer());
    claims.put("client_id", client.clientId());
    claims.put("redirect_uri", redirectUri);
    claims.putAll(mirrored());
    // RFC 9101 4: a number where the parameter is one
    requested.maxAge().ifPresent(it -> claims.put("max_age", it.toSeconds()));
    claims.put("iat", issuedAt);
    claims.put("nbf", notBefore);
    claims.put("exp", Math.min(ring.end(login).getEpochSecond(), notBefore + MAX_SECONDS));
    claims.put("jti", login.jti());
    return client.requestObjectSigner().sign(Optional.of(TYP), claims);
  }

  private Map<String, String> mirrored() {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("response_type", "code");
    parameters.put("scope", client.scope());
    parameters.put("state", login.state().value());
    parameters.put("nonce", login.nonce().value());
    parameters.put("code_challenge", login.codeVerifier().challenge());
    parameters.put("code_challenge_method", "S256");
    if (client.responseMode().isSecured()) {
      parameters.put("response_mode", client.responseMode().wireName());
    }
    parameters.putAll(requested.parameters());
    return parameters;
  }
}
