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
    return tokens.hasEnded() || endIfOld(tokens) || endIfEndedElsewhere(tokens);
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
     * Returns what ends the session, if it is over, and returns whether everything that it has open
     * is to be closed.
     *
     * @param isNew whether the session was not among those of the previous look
     */
    Optional<BooleanSupplier> endOf(RenewableTokens tokens, boolean isNew) {
      var known = tokens.current();
      if (tokens.hasEnded()) {
        return Optional.of(() -> true);
      }
      if (isOld(tokens)) {
        return end(tokens, () -> tokens.endIfStill(known, LogoutEvent.Cause.LIFETIME));
      }
      return isThorough || isNew ? endElsewhere(tokens, known) : Optional.empty();
    }

    private Optional<BooleanSupplier> endElsewhere(RenewableTokens tokens, TokenSet known) {
      return switch (endedSessions.original(known.sessionName())) {
        case ENDED -> end(tokens, () -> tokens.endCopyIfStill(known));
        case GOES_ON -> Optional.of(() -> tokens.current() == known); // under another name
        case LIVES ->
            endedSessions.contains(known.sessionName())
                ? end(tokens, () -> tokens.endIfStill(known, LogoutEvent.Cause.SERVER))
                : Optional.empty();
      };
    }

    private static Optional<BooleanSupplier> end(RenewableTokens tokens, Runnable end) {
      return Optional.of(
          () -> {
            end.run();
            return tokens.hasEnded();
          });
    }
  }

  private boolean endIfOld(RenewableTokens tokens) {
    var known = tokens.current();
    if (!isOld(tokens)) {
      return false;
    }
    tokens.endIfStill(known, LogoutEvent.Cause.LIFETIME);
    return tokens.hasEnded(); // unless a new login has just replaced it
  }

  private boolean isOld(RenewableTokens tokens) {
    return clock.millis() - tokens.loggedInAt() >= maxLifetime.toMillis();
  }

  private boolean endIfEndedElsewhere(RenewableTokens tokens) {
    var known = tokens.current();
    var told = endedSessions.told(); // before the check: later ends are for the next check
    if (known.livesAsOf(told)) {
      return tokens.hasEnded();
    }
    switch (endedSessions.original(known.sessionName())) {
      case ENDED -> tokens.endCopyIfStill(known);
      case GOES_ON -> {
        return tokens.current() == known; // not to be ended: it may be the same session
      }
      case LIVES -> {
        if (endedSessions.contains(known.sessionName())) {
          tokens.endIfStill(known, LogoutEvent.Cause.SERVER);
        } else {
          known.livedAsOf(told);
        }
      }
    }
    return tokens.hasEnded();
  }

  /**
   * Returns whether no other node has ended the session, or reported that its container has. While
   * that cannot be determined, two reports are better than none.
   */
  boolean isFirstToReport(SessionName session) {
    try {
      return endedSessions.isFirstToReport(session);
    } catch (ServerUnavailableException unknown) {
      return true;
    }
  }

  /**
   * Ends the copies of a session on other nodes: containers keep them for a while, and Payara
   * serves requests from them.
   *
   * @return true, since the end itself is that of this node
   */
  boolean endCopies(SessionName session) {
    tellOthers(() -> endedSessions.endCopies(session));
    return true;
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
