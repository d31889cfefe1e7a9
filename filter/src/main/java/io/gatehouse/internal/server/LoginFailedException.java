package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Thrown if a login did not succeed. The message is for the log: it names the rule and its source,
 * and never contains a token, code, state or secret.
 */
public final class LoginFailedException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MAX_CHARACTERS = 400;

  private final String reason;
  private final Failure failure;
  private final Duration retryAfter;

  public LoginFailedException(Failure failure, String reason) {
    this(failure, reason, Duration.ZERO);
  }

  /**
   * Creates the exception.
   *
   * @param retryAfter the time for which the authorization server asked not to be called; zero if
   *     the server did not ask
   */
  public LoginFailedException(Failure failure, String reason, Duration retryAfter) {
    super(plain(reason));
    this.reason = plain(reason);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  // The JDK's exceptions quote what a server sent, which could forge lines of the log or fill it.
  private static String plain(String reason) {
    var cut =
        reason.length() > MAX_CHARACTERS ? reason.substring(0, MAX_CHARACTERS) + "..." : reason;
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** Returns the violated rule or the fault, for the log. */
  public String reason() {
    return reason;
  }

  public Failure failure() {
    return failure;
  }

  /** Returns the time to wait before trying again; empty if unknown. */
  public Optional<Duration> retryAfter() {
    return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
  }
}
