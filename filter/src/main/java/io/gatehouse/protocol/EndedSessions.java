package io.gatehouse.protocol;

import java.time.Duration;

/**
 * The sessions that the server has ended, or another node. Each request of a session asks here, so
 * it makes no difference which node was told, whether the session was stored yet, or whether the
 * container has a copy of it left.
 */
public final class EndedSessions {
  // A session may begin some minutes after its end was told: its ID token may be ten minutes old.
  private static final Duration BEFORE_ITS_BEGINNING = Duration.ofHours(1);

  private final Marks marks;
  private final Duration kept;

  /**
   * @param maxLifetime how long a session of ours can live at the most: older marks end nothing
   */
  public EndedSessions(Marks marks, Duration maxLifetime) {
    this.marks = marks;
    this.kept = longestKept(maxLifetime);
  }

  /** The longest that any mark is kept; those against replay are kept for minutes. */
  public static Duration longestKept(Duration maxLifetime) {
    return maxLifetime.plus(BEFORE_ITS_BEGINNING);
  }

  /** Whether this session has ended on another node, which has seen to what follows from that. */
  public boolean containCopy(SessionName session) {
    return marks.reachOtherNodes() && isMarked(session.byLogin());
  }

  /** Whether the server has ended this session. */
  public boolean contain(SessionName session) {
    var sid = session.bySid();
    // A sid is that of one session at the server, whenever its ID token was issued (section 2.1).
    if (sid.isPresent() ? isMarked(sid.get()) : isMarked(session.bySubWithoutSid(), session)) {
      return true;
    }
    return isMarked(session.bySub(), session);
  }

  private boolean isMarked(String name) {
    return marks.find(name).isPresent();
  }

  // A user may log in again: later ID tokens are of a session that was not meant.
  private boolean isMarked(String name, SessionName session) {
    return marks.find(name).filter(it -> session.issuedAt() <= it).isPresent();
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
          .ifPresent(it -> marks.raise(it, token.issuedAt(), kept));
    } else {
      token.sub().ifPresent(it -> endBySub(token.issuer(), it, token.issuedAt()));
    }
  }

  /** Lets no other node go on with a copy of a session that has ended on this one. */
  public void endCopies(SessionName session) {
    if (marks.reachOtherNodes()) {
      marks.raise(session.byLogin(), session.issuedAt(), kept);
    }
  }

  /** Ends the one session with this {@code sid}. */
  public void endBySid(String issuer, String sid, long endedAt) {
    marks.raise(SessionName.sidMark(issuer, sid), endedAt, kept);
  }

  /**
   * Ends all sessions of a user whose ID token was issued by then.
   *
   * @param endedAt in seconds since the epoch, by the server's clock
   */
  public void endBySub(String issuer, String subject, long endedAt) {
    marks.raise(SessionName.subMark(issuer, subject), endedAt, kept);
  }
}
