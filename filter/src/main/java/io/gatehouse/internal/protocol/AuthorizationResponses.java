package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;

/** Reads responses in the requested response mode, and refuses all others. */
public interface AuthorizationResponses {
  /**
   * Reads the query with which the browser comes back.
   *
   * @throws LoginFailedException with {@link Failure#INVALID_REQUEST} if the query is not a
   *     response in this mode; with another failure if the response cannot be verified now
   */
  AuthorizationResponse read(String rawQuery) throws LoginFailedException;

  /**
   * Returns whether reading may call the authorization server: only responses to browsers with a
   * pending login are then read.
   */
  default boolean mayCallServer() {
    return false;
  }
}
