package io.gatehouse.internal.server;

import java.net.URI;
import java.util.Map;

/** Calls to the authorization server. */
public interface ServerCalls {
  /**
   * GET.
   *
   * @throws LoginFailedException with {@link Failure#UNAVAILABLE} if no answer came in time, {@link
   *     Failure#BUSY} if it was never sent because too many others are, and {@link
   *     Failure#INVALID_ANSWER} if the answer was too long
   */
  ServerResponse get(URI uri) throws LoginFailedException;

  /**
   * POST of a form, RFC 6749 appendix B. Sent once: never again after a failure, because the server
   * may have acted on it.
   *
   * @throws LoginFailedException with {@link Failure#UNAVAILABLE} if it was never sent, {@link
   *     Failure#BUSY} if that is because too many others are, {@link Failure#ANSWER_LOST} if it was
   *     and no whole answer came in time, and {@link Failure#INVALID_ANSWER} if the answer was too
   *     long
   */
  ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException;
}
