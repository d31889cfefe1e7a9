package io.gatehouse.internal.observability;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.gatehouse.internal.message.PlainText;
import io.gatehouse.internal.message.Warnings;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log of refusals and failures, which outsiders can cause at will: after a burst of one
 * message, it accepts one line of this message a second, and reports the number of suppressed
 * lines. Each message has a limit of its own, so that a flood of one hides no other.
 */
public final class BoundedLog {
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Clock clock;
  // Grows no further than the number of messages, which the code fixes.
  private final Map<String, LineBudget> budgets = new ConcurrentHashMap<>();

  public BoundedLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * Logs a message, or counts it as suppressed.
   *
   * @param text the format of the message
   */
  @FormatMethod
  public void add(Logger.Level level, @FormatString String text, Object... arguments) {
    addOf(text, level, text, arguments);
  }

  /**
   * Logs a message whose format it shares with others, or counts it as suppressed.
   *
   * @param code the code of the message; never a part of a request or of an answer
   * @param text the format of the message
   */
  @FormatMethod
  public void addOf(
      String code, Logger.Level level, @FormatString String text, Object... arguments) {
    if (!LOG.isLoggable(level)) {
      return;
    }
    var before = budgets.computeIfAbsent(code, it -> new LineBudget(clock)).take();
    if (before < 0) {
      return;
    }
    if (before > 0) { // not louder than the messages that it stands for
      LOG.log(level, Warnings.SUPPRESSED.formatted(before));
    }
    LOG.log(level, text.formatted(PlainText.arguments(arguments)));
  }
}
