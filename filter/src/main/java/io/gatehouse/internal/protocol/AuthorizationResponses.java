package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;

/** Reads answers in the one form that was asked for, and refuses those that have another. */
public interface AuthorizationResponses {
  /**
   * Reads the query with which the browser comes back.
   *
   * @throws LoginFailedException with {@link Failure#INVALID_REQUEST} if it is no answer in this
   *     form; with another failure if that cannot be told now
   */
  AuthorizationResponse read(String rawQuery) throws LoginFailedException;
}
