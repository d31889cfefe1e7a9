package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Endpoint;
import io.gatehouse.internal.server.FormEncoding;
import io.gatehouse.internal.server.LoginFailedException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The log-out at the server that the browser is sent to, OpenID Connect RP-Initiated Logout 1.0
 * section 2.
 */
public final class EndSession {
  private static final int MAX_HINT_CHARACTERS = 5 * 1024; // of 8 KiB that servers take

  private final boolean wanted;
  private final AuthorizationServer server;
  private final Optional<URI> postLogoutRedirectUri;
  private final String ownPath;
  private final LoginKeyRing ring;

  /**
   * @param wanted whether the browser is sent there at all
   * @param postLogoutRedirectUri where the server sends the browser back to; empty for our own path
   * @param ownPath our own path, below which {@code /logged-out} is
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
   * Where to send the browser; empty if it is not to be sent, or the server has no such endpoint,
   * or it is not known now.
   *
   * @param idToken the user's ID token, which may have expired
   * @param client the one that it was issued to
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
      return Optional.empty(); // the server is down: the user is logged out here all the same
    }
  }

  private URI location(URI endpoint, String idToken, Client client, String publicUrl) {
    var query = new LinkedHashMap<String, String>();
    if (idToken.length() <= MAX_HINT_CHARACTERS) { // recommended, not required (section 2)
      query.put("id_token_hint", idToken);
    }
    query.put("client_id", client.clientId());
    query.put(
        "post_logout_redirect_uri",
        postLogoutRedirectUri
            .map(URI::toString)
            .orElse(new OwnPaths(publicUrl + ownPath).loggedOut()));
    query.put("state", ring.begin().handle(place(), ""));
    var address = endpoint.toString();
    return URI.create(address + (address.contains("?") ? "&" : "?") + FormEncoding.encode(query));
  }

  /** Whether a {@code state} that came back is one that we sent, and not long ago. */
  public boolean isOurs(String state) {
    return ring.openHandle(state, place()).isPresent();
  }

  // A handle of another place is no request object's, and none of those is a state of a log-out.
  private String place() {
    return new OwnPaths(ownPath).loggedOut();
  }
}
