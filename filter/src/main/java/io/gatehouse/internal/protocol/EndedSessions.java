package io.gatehouse.internal.protocol;

import io.gatehouse.ServerUnavailableException;
import java.time.Duration;

/**
 * The sessions that the authorization server or another node has ended. Every request of a session
 * checks this set, so it does not matter which node received the logout, whether the session was
 * stored yet, or whether the container still has a copy of the session.
 */
public final class EndedSessions {
  // A session may begin some minutes after its end was reported: its ID token may be ten minutes
  // old.
  private static final Duration BEFORE_ITS_BEGINNING = Duration.ofHours(1);

  // Idle copies of a session end within minutes of each other.
  private static final Duration REPORTS_KEPT = Duration.ofMinutes(10);

  // The value of a sid mark, below that of any logout by sid alone, which needs no sub.
  private static final long IF_OF_SUB = -1;

  private static final long GOES_ON = 1;
  private static final long ENDED = 2;
  private static final long ENDED_UNREPORTED = 3;

  private final MarkerStore markers;
  private final Duration kept;

  /**
   * Creates the set.
   *
   * @param maxLifetime the maximum lifetime of a session; older markers have no effect
   */
  public EndedSessions(MarkerStore markers, Duration maxLifetime) {
    this.markers = markers;
    this.kept = longestKept(maxLifetime);
  }

  /**
   * Returns the longest time for which any marker is kept; markers against replay are kept for
   * minutes.
   */
  public static Duration longestKept(Duration maxLifetime) {
    return maxLifetime.plus(BEFORE_ITS_BEGINNING);
  }

  /** The state, on other nodes, of a session of which this node may hold a copy. */
  public enum Original {
    /** No relevant change. */
    LIVES,
    /** The session continues with another login of the same user. */
    GOES_ON,
    /** The session has ended, and all consequences have been carried out. */
    ENDED
  }

  /** Returns the state, on other nodes, of the session that began with this login. */
  public Original original(SessionName session) {
    if (!markers.reachOtherNodes()) {
      return Original.LIVES;
    }
    return markers
        .find(session.byLogin())
        .map(it -> it >= ENDED ? Original.ENDED : Original.GOES_ON)
        .orElse(Original.LIVES);
  }

  /**
   * Returns a number that changes whenever the end of any session is reported. A caller that has
   * found a session alive need not check again while the number is unchanged. The number is
   * negative if changes cannot be detected.
   */
  public long told() {
    return markers.raised();
  }

  /**
   * Returns a number that is different after the end of a session, on any node. Unlike {@link
   * #told}, it may change a moment after the end is known.
   */
  public long changes() {
    return markers.changes();
  }

  /**
   * Returns whether no other node has ended the session, or reported that its container has ended
   * its copy.
   */
  public boolean isFirstToReport(SessionName session) {
    return !markers.reachOtherNodes()
        || (markers.find(session.byLogin()).filter(it -> it == ENDED).isEmpty()
            && markers.putIfAbsent(session.byLogin() + " reported", 1, REPORTS_KEPT));
  }

  /** Returns whether no other node has begun to end the session for a logout or a refusal. */
  public boolean isFirstToEnd(SessionName session) {
    return !markers.reachOtherNodes()
        || markers.putIfAbsent(session.byLogin() + " ended", 1, REPORTS_KEPT);
  }

  /**
   * Returns whether the authorization server has ended this session.
   *
   * @param begunAt the time at which this client began to redeem the code of the session, in
   *     milliseconds since the epoch
   */
  public boolean contains(SessionName session, long begunAt) {
    var sid = session.bySid();
    // A sid identifies one session at the authorization server, regardless of when its ID token was
    // issued (section 2.1).
    if (sid.isPresent()
        ? isMarked(sid.get(), session.bySub())
        : isMarked(session.bySubWithoutSid(), session, begunAt)) {
      return true;
    }
    return isMarked(session.bySub(), session, begunAt);
  }

  // A session that no logout concerns is looked up once, as each lookup may read a shared cache.
  private boolean isMarked(String sid, String sub) {
    return markers
        .find(sid)
        .filter(
            it -> it != IF_OF_SUB || markers.find(SessionName.sidAndSubMark(sid, sub)).isPresent())
        .isPresent();
  }

  // A user may log in again: later ID tokens belong to a new session that the logout did not
  // concern.
  private boolean isMarked(String name, SessionName session, long begunAt) {
    return markers
        .find(name)
        .filter(
            it ->
                session.issuedAt() < it
                    || (session.issuedAt() == it && !isAfterArrival(name, it, begunAt)))
        .isPresent();
  }

  // JWTs are dated to the second. Within that second, a code that was redeemed after the logout
  // token had come is of a later login.
  private boolean isAfterArrival(String name, long endedAt, long begunAt) {
    return markers
        .find(SessionName.arrivalMark(name, endedAt))
        .filter(it -> begunAt > it)
        .isPresent();
  }

  /**
   * Ends the sessions of a logout token: the one session with its {@code sid}, which must be of its
   * {@code sub} if present; without {@code sid}, all sessions of its {@code sub} (OpenID Connect
   * Back-Channel Logout 1.0 sections 2.6, rules 10 and 11, and 2.7).
   */
  public void end(LogoutToken token) {
    if (token.sid().isPresent() && token.sub().isPresent()) {
      endBySidAndSub(token, token.sid().get(), token.sub().get());
    } else {
      token.sid().ifPresent(it -> endBySid(token.issuer(), it, token.issuedAt()));
      token.sub().ifPresent(it -> endBySub(token, SessionName.subMark(token.issuer(), it)));
    }
  }

  // If the shared cache fails at one marker, this node still has them all. The marker by sid is
  // last: it leads to the other. Nodes of an earlier version end the session by it, of any sub.
  private void endBySidAndSub(LogoutToken token, String sid, String sub) {
    var issuer = token.issuer();
    var sidMark = SessionName.sidMark(issuer, sid);
    var subMark = SessionName.subMark(issuer, sub);
    try {
      // Sessions whose ID token had no sid are indistinguishable, so all of them end; otherwise
      // none would.
      endBySub(token, SessionName.subWithoutSidMark(issuer, sub));
    } finally {
      try {
        markers.raise(SessionName.sidAndSubMark(sidMark, subMark), token.issuedAt(), kept);
      } finally {
        markers.raise(sidMark, IF_OF_SUB, kept);
      }
    }
  }

  /** Prevents other nodes from continuing a copy of a session that has ended on this node. */
  public void endCopies(SessionName session) {
    tellOthers(session, ENDED);
  }

  /**
   * Prevents other nodes from continuing a copy of a session that the container has ended on this
   * node, which reports that itself.
   */
  public void endCopiesUnreported(SessionName session) {
    if (!isReported(session)) {
      tellOthers(session, ENDED_UNREPORTED);
    }
  }

  // While that is unknown, two reports are better than a copy that goes on.
  private boolean isReported(SessionName session) {
    try {
      return markers.find(session.byLogin()).filter(it -> it == ENDED).isPresent();
    } catch (ServerUnavailableException unknown) {
      return false;
    }
  }

  /**
   * Prevents other nodes from continuing a copy of a session that continues with another login
   * here.
   */
  public void outdateCopies(SessionName session) {
    tellOthers(session, GOES_ON);
  }

  private void tellOthers(SessionName session, long what) {
    if (markers.reachOtherNodes()) {
      markers.raise(session.byLogin(), what, kept);
    }
  }

  /** Ends the one session with this {@code sid}, of whichever user. */
  public void endBySid(String issuer, String sid, long endedAt) {
    markers.raise(SessionName.sidMark(issuer, sid), endedAt, kept);
  }

  // Ends the sessions of a user whose ID token was issued at or before a time, by the authorization
  // server's clock.
  private void endBySub(LogoutToken token, String name) {
    try {
      var arrival = SessionName.arrivalMark(name, token.issuedAt());
      markers.raise(arrival, token.arrivedAt(), kept); // first: no request finds it missing
    } finally {
      markers.raise(name, token.issuedAt(), kept);
    }
  }
}
