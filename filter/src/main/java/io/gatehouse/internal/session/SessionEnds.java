package io.gatehouse.internal.session;

import io.gatehouse.LogoutEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.protocol.EndedSessions;
import io.gatehouse.internal.protocol.SessionName;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Ends the sessions that are over: by their age, by the authorization server, or on another node.
 */
public final class SessionEnds {
  /** The most by which the clocks of two nodes differ. */
  static final Duration MAX_SKEW = Duration.ofMinutes(5);

  // Of a shared cache that reports changes late, if at all.
  private static final int LOOKS_BETWEEN_READS = 15;

  private final Duration maxLifetime;
  private final EndedSessions endedSessions;
  private final Clock clock;

  /**
   * Creates the ends.
   *
   * @param maxLifetime the maximum lifetime of a session
   */
  public SessionEnds(Duration maxLifetime, EndedSessions endedSessions, Clock clock) {
    this.maxLifetime = maxLifetime;
    this.endedSessions = endedSessions;
    this.clock = clock;
  }

  /** Ends the session if it is over, and returns whether it can no longer be used. */
  boolean endIfOver(RenewableTokens tokens) {
    if (tokens.hasEnded()) {
      return true;
    }
    var known = tokens.current();
    if (isOld(tokens)) {
      return ended(tokens, () -> tokens.endIfStill(known, LogoutEvent.Cause.LIFETIME));
    }
    var told = endedSessions.told(); // before the check: later ends are for the next check
    if (known.livesAsOf(told)) {
      return tokens.hasEnded();
    }
    var end = endElsewhere(tokens, known);
    if (end.isPresent()) {
      return end.get().getAsBoolean();
    }
    known.livedAsOf(told);
    return tokens.hasEnded();
  }

  // Not ended if a new login has just replaced the tokens.
  private static boolean ended(RenewableTokens tokens, Runnable end) {
    end.run();
    return tokens.hasEnded();
  }

  private boolean isOld(RenewableTokens tokens) {
    var now = clock.millis();
    tokens.beganBy(now + MAX_SKEW.toMillis());
    return now - tokens.loggedInAt() >= maxLifetime.toMillis();
  }

  /**
   * Returns what ends a session that the authorization server or another node has ended, and
   * returns whether it can no longer be used.
   */
  private Optional<BooleanSupplier> endElsewhere(RenewableTokens tokens, TokenSet known) {
    return switch (endedSessions.original(known.sessionName())) {
      case ENDED -> Optional.of(() -> ended(tokens, () -> tokens.endCopyIfStill(known)));
      // Not to be ended: it may be the same session, under the name of a later login.
      case GOES_ON -> Optional.of(() -> tokens.current() == known);
      case LIVES ->
          endedSessions.contains(known.sessionName(), tokens.loggedInAt())
              ? Optional.of(
                  () -> ended(tokens, () -> tokens.endIfStill(known, LogoutEvent.Cause.SERVER)))
              : Optional.empty();
    };
  }

  /**
   * Returns the check of one look at all open sessions, which reads a shared cache for each session
   * only if a session has ended since the previous look.
   */
  Look look(long previous, int number) {
    var changes = endedSessions.changes();
    return new Look(changes, changes != previous || number % LOOKS_BETWEEN_READS == 0);
  }

  /** One look at all open sessions. */
  final class Look {
    private final long changes;
    private final boolean isThorough;

    private Look(long changes, boolean isThorough) {
      this.changes = changes;
      this.isThorough = isThorough;
    }

    long changes() {
      return changes;
    }

    /**
     * Returns what ends the session, if it is over, and returns whether it can no longer be used.
     *
     * @param asksForThis whether to read a shared cache for this session in any case
     */
    Optional<BooleanSupplier> endOf(RenewableTokens tokens, boolean asksForThis) {
      if (tokens.hasEnded() || isOld(tokens)) {
        return Optional.of(() -> endIfOver(tokens));
      }
      return isThorough || asksForThis ? endElsewhere(tokens, tokens.current()) : Optional.empty();
    }
  }

  /**
   * Returns whether no other node has ended the session, or reported that its container has. While
   * that cannot be determined, two reports are better than none.
   */
  boolean isFirstToReport(SessionName session) {
    return isFirst(() -> endedSessions.isFirstToReport(session));
  }

  private static boolean isFirst(BooleanSupplier looking) {
    try {
      return looking.getAsBoolean();
    } catch (ServerUnavailableException unknown) {
      return true;
    }
  }

  /**
   * Informs the other nodes that a session ends here. Containers keep copies for a while, and
   * Payara serves requests from them. Each node detects the end of the lifetime itself.
   *
   * @param cause {@code CONTAINER} for a logout after the container has ended the session here
   * @return whether the end is still to be reported to the application
   */
  boolean tellOtherNodes(SessionName session, LogoutEvent.Cause cause) {
    return switch (cause) {
      case LIFETIME -> isFirstToReport(session);
      case CONTAINER -> {
        tellOthers(() -> endedSessions.endCopiesUnreported(session));
        yield false; // the report of the container's end is under way
      }
      default -> {
        tellOthers(() -> endedSessions.endCopies(session));
        yield isFirst(() -> endedSessions.isFirstToEnd(session));
      }
    };
  }

  /** Outdates the copies of a session that continues with another login. */
  void outdateCopies(SessionName session) {
    tellOthers(() -> endedSessions.outdateCopies(session));
  }

  private static void tellOthers(Runnable telling) {
    try {
      telling.run();
    } catch (ServerUnavailableException othersCannotBeTold) {
      // the store has logged it; here the session has ended anyway
    }
  }
}
