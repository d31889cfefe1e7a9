package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.RequestedAuthentication;

/**
 * A page that a browser asked for, and to which it returns after its login.
 *
 * @param returnPath the path and query within the application
 * @param requested the way in which the user is asked to log in
 */
public record WantedPage(String returnPath, RequestedAuthentication requested) {
  /** Hides the path, whose query may contain a secret. */
  @Override
  public String toString() {
    return "WantedPage[" + requested + "]";
  }
}
