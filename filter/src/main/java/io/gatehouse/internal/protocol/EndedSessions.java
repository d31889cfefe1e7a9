package io.gatehouse.internal.protocol;

import java.time.Duration;

/**
 * The sessions that the server has ended, or another node. Each request of a session asks here, so
 * it makes no difference which node was told, whether the session was stored yet, or whether the
 * container has a copy of it left.
 */
public final class EndedSessions {
  // A session may begin some minutes after its end was told: its ID token may be ten minutes old.
  private static final Duration BEFORE_ITS_BEGINNING = Duration.ofHours(1);

  private static final long GOES_ON = 1;
  private static final long ENDED = 2;

  private final MarkerStore markers;
  private final Duration kept;

  /**
   * @param maxLifetime how long a session of ours can live at the most: older markers end nothing
   */
  public EndedSessions(MarkerStore markers, Duration maxLifetime) {
    this.markers = markers;
    this.kept = longestKept(maxLifetime);
  }

  /** The longest that any mark is kept; those against replay are kept for minutes. */
  public static Duration longestKept(Duration maxLifetime) {
    return maxLifetime.plus(BEFORE_ITS_BEGINNING);
  }

  /** What another node has done with the session that this is a copy of. */
  public enum Original {
    /** Nothing that makes a difference. */
    LIVES,
    /** It goes on with another log-in of the same user. */
    GOES_ON,
    /** It has ended, and all that follows from that has been seen to. */
    ENDED
  }

  /** What has become, on another node, of the session that began with this log-in. */
  public Original original(SessionName session) {
    if (!markers.reachOtherNodes()) {
      return Original.LIVES;
    }
    return markers
        .find(session.byLogin())
        .map(it -> it == ENDED ? Original.ENDED : Original.GOES_ON)
        .orElse(Original.LIVES);
  }

  /**
   * A number that is another one after the end of any session was told: who has found a session to
   * live need not look again while it is the same. Negative if that cannot be known.
   */
  public long told() {
    return markers.raised();
  }

  /** Whether the server has ended this session. */
  public boolean contains(SessionName session) {
    var sid = session.bySid();
    // A sid is that of one session at the server, whenever its ID token was issued (section 2.1).
    if (sid.isPresent() ? isMarked(sid.get()) : isMarked(session.bySubWithoutSid(), session)) {
      return true;
    }
    return isMarked(session.bySub(), session);
  }

  private boolean isMarked(String name) {
    return markers.find(name).isPresent();
  }

  // A user may log in again: later ID tokens are of a session that was not meant.
  private boolean isMarked(String name, SessionName session) {
    return markers.find(name).filter(it -> session.issuedAt() <= it).isPresent();
  }

  /**
   * Ends what a logout token is about: the one session with its {@code sid}, or else all of its
   * {@code sub} (OpenID Connect Back-Channel Logout 1.0 section 2.7).
   */
  public void end(LogoutToken token) {
    if (token.sid().isPresent()) {
      endBySid(token.issuer(), token.sid().get(), token.issuedAt());
      // Sessions whose ID token had no sid cannot be told apart: they end all, or none would.
      token
          .sub()
          .map(it -> SessionName.subWithoutSidMark(token.issuer(), it))
          .ifPresent(it -> markers.raise(it, token.issuedAt(), kept));
    } else {
      token.sub().ifPresent(it -> endBySub(token.issuer(), it, token.issuedAt()));
    }
  }

  /** Lets no other node go on with a copy of a session that has ended on this one. */
  public void endCopies(SessionName session) {
    tellOthers(session, ENDED);
  }

  /** Lets no other node go on with a copy of a session that goes on with another log-in here. */
  public void outdateCopies(SessionName session) {
    tellOthers(session, GOES_ON);
  }

  private void tellOthers(SessionName session, long what) {
    if (markers.reachOtherNodes()) {
      markers.raise(session.byLogin(), what, kept);
    }
  }

  /** Ends the one session with this {@code sid}. */
  public void endBySid(String issuer, String sid, long endedAt) {
    markers.raise(SessionName.sidMark(issuer, sid), endedAt, kept);
  }

  /**
   * Ends all sessions of a user whose ID token was issued by then.
   *
   * @param endedAt in seconds since the epoch, by the server's clock
   */
  void endBySub(String issuer, String subject, long endedAt) {
    markers.raise(SessionName.subMark(issuer, subject), endedAt, kept);
  }
}
