package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.LoginFailedException;

/**
 * Passes authorization requests to the authorization server in one way, which never changes to
 * another (OpenID Connect Core 1.0 section 6).
 */
public interface RequestPassing {
  /**
   * A request that was passed on.
   *
   * @param location the address to send the browser to
   * @param requested the way in which the user is asked to log in, without hints if these were
   *     dropped
   */
  record Passed(String location, RequestedAuthentication requested) {
    /** Hides the address, which contains the login's {@code state}. */
    @Override
    public String toString() {
      return "Passed[hidden]";
    }
  }

  /**
   * Passes on the request of a login, as far as the application takes part in that.
   *
   * @param publicUrlNow the application's root, as the browser sees it
   * @throws LoginFailedException if the authorization server is unavailable, or does not accept
   *     requests in this way
   */
  Passed pass(PendingLogin login, RequestedAuthentication requested, String publicUrlNow)
      throws LoginFailedException;
}
