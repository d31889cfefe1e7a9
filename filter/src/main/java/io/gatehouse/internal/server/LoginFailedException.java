package io.gatehouse.internal.server;

import io.gatehouse.internal.message.PlainText;
import java.time.Duration;
import java.util.Optional;

/**
 * Thrown if a login did not succeed. The message is for the log: it names the rule and its source,
 * and never contains a token, code, state or secret.
 */
public final class LoginFailedException extends Exception {
  private static final long serialVersionUID = 1L;

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
    super(PlainText.of(reason));
    this.reason = PlainText.of(reason);
    this.failure = failure;
    this.retryAfter = retryAfter;
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
