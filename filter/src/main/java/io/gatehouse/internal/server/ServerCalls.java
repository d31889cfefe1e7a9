package io.gatehouse.internal.server;

import java.net.URI;
import java.util.Map;

/** Calls to the authorization server. */
public interface ServerCalls {
  /**
   * Sends a GET.
   *
   * @throws LoginFailedException with {@link Failure#UNAVAILABLE} if no response came in time,
   *     {@link Failure#BUSY} if the request was not sent because too many calls are in progress,
   *     and {@link Failure#INVALID_ANSWER} if the response was too long
   */
  ServerResponse get(URI uri) throws LoginFailedException;

  /**
   * Sends a form by POST (RFC 6749 appendix B). The form is sent once and never repeated after a
   * failure, because the authorization server may have acted on it.
   *
   * @throws LoginFailedException with {@link Failure#UNAVAILABLE} if the form was never sent,
   *     {@link Failure#BUSY} if it was not sent because too many calls are in progress, {@link
   *     Failure#ANSWER_LOST} if it was sent and no whole response came in time, and {@link
   *     Failure#INVALID_ANSWER} if the response was too long
   */
  ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException;
}
