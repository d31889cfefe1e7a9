package io.gatehouse.internal.protocol;

/**
 * The paths that Gatehouse answers itself.
 *
 * @param root what they all begin with: {@code gatehouse.path}, alone or behind the URL of the
 *     application
 */
public record OwnPaths(String root) {
  /** Returns where the server sends the browser after a log-in: the redirect URI. */
  public String callback() {
    return root + "/callback";
  }

  /** Returns where a log-in begins that the user asks for. */
  public String login() {
    return root + "/login";
  }

  /** Returns where a log-out begins that the user asks for. */
  public String logout() {
    return root + "/logout";
  }

  /** Returns where the server sends the browser after a log-out. */
  public String loggedOut() {
    return root + "/logged-out";
  }

  /** Returns where the server tells of ended sessions (OpenID Connect Back-Channel Logout 2.5). */
  public String backchannelLogout() {
    return root + "/backchannel-logout";
  }

  /** Returns what the server shows in a frame (OpenID Connect Front-Channel Logout 2). */
  public String frontchannelLogout() {
    return root + "/frontchannel-logout";
  }

  /** Returns where our public keys are (RFC 7517 section 5). */
  public String jwks() {
    return root + "/jwks";
  }

  /** Returns where the server fetches a request object (RFC 9101 section 5.2). */
  public String request(String handle) {
    return root + "/request/" + handle;
  }
}
