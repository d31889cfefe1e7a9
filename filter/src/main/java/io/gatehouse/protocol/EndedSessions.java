package io.gatehouse.protocol;

import java.time.Duration;

/**
 * The sessions that the server has ended. Each request of a session asks here, so it makes no
 * difference which node was told, or whether the session was stored yet.
 */
public final class EndedSessions {
  private final Marks marks;
  private final Duration kept;

  /**
   * @param kept how long a session of ours can live at the most: older marks end nothing
   */
  public EndedSessions(Marks marks, Duration kept) {
    this.marks = marks;
    this.kept = kept;
  }

  /** Whether the server has ended this session. */
  public boolean contain(SessionName session) {
    var sid = session.bySid();
    if (sid.isPresent() && marks.find(sid.get()).isPresent()) {
      return true;
    }
    // A user may log in again: later ID tokens are of a session that was not meant.
    var sub = marks.find(session.bySub());
    return sub.isPresent() && session.issuedAt() <= sub.get();
  }

  /** Ends the one session with this {@code sid}. */
  public void endBySid(String issuer, String sid, long endedAt) {
    marks.put(SessionName.sidMark(issuer, sid), endedAt, kept);
  }

  /**
   * Ends all sessions of a user whose ID token was issued by then.
   *
   * @param endedAt in seconds since the epoch, by the server's clock
   */
  public void endBySub(String issuer, String subject, long endedAt) {
    marks.put(SessionName.subMark(issuer, subject), endedAt, kept);
  }
}
