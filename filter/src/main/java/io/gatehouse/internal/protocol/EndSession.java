package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.FormEncoding;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The logout at the authorization server to which the browser is sent (OpenID Connect RP-Initiated
 * Logout 1.0 section 2).
 */
public final class EndSession {
  // The browser adds its cookies for the authorization server; Quarkus, and with it Keycloak,
  // accepts a request line of 4096 characters.
  private static final int MAX_CHARACTERS = 4000;

  private final boolean wanted;
  private final AuthorizationServer server;
  private final Optional<URI> postLogoutRedirectUri;
  private final String ownPath;
  private final LoginKeyRing ring;

  /**
   * Creates the logout.
   *
   * @param wanted whether the browser is sent to the authorization server at all
   * @param postLogoutRedirectUri the address to which the authorization server sends the browser
   *     back; empty for Gatehouse's own path
   * @param ownPath Gatehouse's own path, below which {@code /logged-out} is
   */
  public EndSession(
      boolean wanted,
      AuthorizationServer server,
      Optional<URI> postLogoutRedirectUri,
      String ownPath,
      LoginKeyRing ring) {
    this.wanted = wanted;
    this.server = server;
    this.postLogoutRedirectUri = postLogoutRedirectUri;
    this.ownPath = ownPath;
    this.ring = ring;
  }

  /**
   * Returns the address to send the browser to; empty if this logout is disabled, the authorization
   * server has no such endpoint, or its metadata is unavailable.
   *
   * @param idToken the user's ID token, which may have expired
   * @param client the client to which the ID token was issued
   * @param publicUrl the application's URL
   */
  public Optional<URI> location(String idToken, Client client, String publicUrl) {
    if (!wanted) {
      return Optional.empty();
    }
    try {
      return server
          .metadata()
          .find(Endpoint.END_SESSION)
          .map(it -> location(it, idToken, client, publicUrl));
    } catch (LoginFailedException unknown) {
      return Optional.empty(); // only the local logout takes place
    }
  }

  // The hint is recommended, not required (section 2), so a long one is left out.
  private URI location(URI endpoint, String idToken, Client client, String publicUrl) {
    var query = new LinkedHashMap<String, String>();
    query.put("id_token_hint", idToken);
    query.put("client_id", client.clientId());
    query.put(
        "post_logout_redirect_uri",
        postLogoutRedirectUri
            .map(URI::toString)
            .orElse(new OwnPaths(publicUrl + ownPath).loggedOut()));
    query.put("state", ring.begin().handle(place(), ""));
    var address = address(endpoint, query);
    if (address.length() > MAX_CHARACTERS) {
      query.remove("id_token_hint");
      address = address(endpoint, query);
    }
    return URI.create(address);
  }

  private static String address(URI endpoint, Map<String, String> query) {
    var address = endpoint.toString();
    return address + (address.contains("?") ? "&" : "?") + FormEncoding.encode(query);
  }

  /** Returns whether a returned {@code state} is one that this application sent recently. */
  public boolean isOurs(String state) {
    return ring.openHandle(state, place()).isPresent();
  }

  // A handle is bound to its place, so the state of a logout and the handle of a request object are
  // never interchangeable.
  private String place() {
    return new OwnPaths(ownPath).loggedOut();
  }
}
