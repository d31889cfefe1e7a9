package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.FormEncoding;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization request of one log-in (OpenID Connect Core 1.0 section 3.1.2.1), as the
 * redirect that the browser follows and as the signed request object that the server gets (RFC
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
   * @param requested how the user is to log in
   * @param redirectUri where the server sends the browser back to
   */
  public AuthorizationRequest(
      PendingLogin login, RequestedAuthentication requested, String redirectUri) {
    this.client = login.client();
    this.login = login;
    this.requested = requested;
    this.redirectUri = redirectUri;
  }

  /**
   * Where the browser goes. The parameters stand in the query too: some servers read them only
   * there, and those that follow RFC 9101 section 5 ignore them.
   *
   * @param requestUri where the server finds the request object
   */
  public String location(URI authorizationEndpoint, String requestUri) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    query.put("request_uri", requestUri);
    query.putAll(mirrored());
    return location(authorizationEndpoint, query);
  }

  /**
   * Where the browser goes with a request that was pushed: with nothing that somebody at the
   * browser could change or read (RFC 9126 section 4).
   *
   * @param requestUri what the server calls the request
   */
  public String locationOfPushed(URI authorizationEndpoint, String requestUri) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    query.put("request_uri", requestUri);
    return location(authorizationEndpoint, query);
  }

  /**
   * Where the browser goes with the request object itself (RFC 9101 section 5.1).
   *
   * @param ring knows how long the log-in may take
   */
  public String locationByValue(URI authorizationEndpoint, LoginKeyRing ring) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", client.clientId());
    // OpenID Connect Core 1.0 6.1 asks for these two, equal to the object's
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
   * The request object: a JWT with the same claims whenever it is made for this log-in.
   *
   * @param ring knows how long the log-in may take
   */
  public String requestObject(LoginKeyRing ring) {
    var issuedAt = login.begun().getEpochSecond();
    // A server whose clock is a little behind must not take it for one from the future.
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
