package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.Optional;

/**
 * A log-in that did not succeed. The message is for the log: it names the rule and its source, and
 * never a token, code, state or secret.
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
   * @param retryAfter how long the server asked to be left alone; zero if it did not
   */
  public LoginFailedException(Failure failure, String reason, Duration retryAfter) {
    super(plain(reason));
    this.reason = plain(reason);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  // The JDK's exceptions quote what a server sent: that could forge lines of the log, or fill it.
  private static String plain(String reason) {
    var cut =
        reason.length() > MAX_CHARACTERS ? reason.substring(0, MAX_CHARACTERS) + "..." : reason;
    return cut.replaceAll("[^\\x20-\\x7E]", "?");
  }

  /** The rule that was broken or the fault that was met, for the log. */
  public String reason() {
    return reason;
  }

  public Failure failure() {
    return failure;
  }

  /** How long to wait before trying again, if the server or its absence said so. */
  public Optional<Duration> retryAfter() {
    return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
  }
}
