package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.PendingLogin;
import io.gatehouse.internal.protocol.RequestedAuthentication;
import io.gatehouse.internal.server.LoginFailedException;

/**
 * Passes authorization requests to the server in one way, which never turns into another (OpenID
 * Connect Core 1.0 section 6).
 */
public interface RequestPassing {
  /**
   * A request on its way.
   *
   * @param location where the browser has to go with it
   * @param requested how the user is asked to log in, without wishes if these were dropped
   */
  record Passed(String location, RequestedAuthentication requested) {
    /** Without the address, which has the log-in's {@code state}. */
    @Override
    public String toString() {
      return "Passed[hidden]";
    }
  }

  /**
   * Passes the request of a log-in on, as far as the application has a part in that.
   *
   * @param publicUrlNow the application's root, as the browser sees it
   * @throws LoginFailedException if the server cannot be asked now, or does not take requests in
   *     this way
   */
  Passed pass(PendingLogin login, RequestedAuthentication requested, String publicUrlNow)
      throws LoginFailedException;
}
