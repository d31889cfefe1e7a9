package io.gatehouse.internal.protocol;

/**
 * The paths that Gatehouse answers itself.
 *
 * @param root the common prefix: {@code gatehouse.path}, alone or after the URL of the application
 */
public record OwnPaths(String root) {
  /**
   * Returns the redirect URI, to which the authorization server sends the browser after a login.
   */
  public String callback() {
    return root + "/callback";
  }

  /** Returns the path at which a user starts a login. */
  public String login() {
    return root + "/login";
  }

  /** Returns the path at which a script asks whether its user is logged in. */
  public String session() {
    return root + "/session";
  }

  /** Returns the path of the script that opens WebSockets and event streams again. */
  public String keepOpen() {
    return root + "/keep-open.js";
  }

  /** Returns the path at which a user starts a logout. */
  public String logout() {
    return root + "/logout";
  }

  /** Returns the path to which the authorization server sends the browser after a logout. */
  public String loggedOut() {
    return root + "/logged-out";
  }

  /**
   * Returns the path at which the authorization server reports ended sessions (OpenID Connect
   * Back-Channel Logout 2.5).
   */
  public String backchannelLogout() {
    return root + "/backchannel-logout";
  }

  /**
   * Returns the path of the page that the authorization server shows in a frame (OpenID Connect
   * Front-Channel Logout 2).
   */
  public String frontchannelLogout() {
    return root + "/frontchannel-logout";
  }

  /** Returns the path of the application's public keys (RFC 7517 section 5). */
  public String jwks() {
    return root + "/jwks";
  }

  /**
   * Returns the path at which the authorization server fetches a request object (RFC 9101 section
   * 5.2).
   */
  public String request(String handle) {
    return root + "/request/" + handle;
  }
}
