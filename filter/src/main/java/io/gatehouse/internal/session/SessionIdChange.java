package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ContainerRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The change of the session id at a login. Two logins may have found the same session of the
 * container, by an id that one of them planted in the other's browser. A request keeps the session
 * that it has found, and may change its id although another request has: it would get the id under
 * which the other user's tokens are. So only the first login goes on with that session.
 */
final class SessionIdChange {
  /** The outcome for the login. */
  enum Outcome {
    CHANGED,
    /** The request has brought no id of a session. */
    NOTHING_TO_CHANGE,
    /** Another login has changed the id since the browser sent it. */
    OVERTAKEN
  }

  private static final int MAX_LOCKS = 64;

  // For all filters of all applications: an id leads to one lock, and several ids may share it.
  private static final ReentrantLock[] LOCKS =
      Stream.generate(ReentrantLock::new).limit(MAX_LOCKS).toArray(ReentrantLock[]::new);

  private SessionIdChange() {}

  /** Changes the id of the container's session, if it is the one that the browser has sent. */
  static Outcome of(HttpServletRequest request) {
    // The whole session: behind one of several filters it may have no part of this filter.
    var container = ContainerRequest.of(request);
    var sent = container.getRequestedSessionId();
    var session = container.getSession(false);
    if (sent == null || session == null) {
      return Outcome.NOTHING_TO_CHANGE;
    }
    var lock = LOCKS[Math.floorMod(sent.hashCode(), MAX_LOCKS)];
    lock.lock();
    try {
      if (session.isNew()) { // the sent id was that of none
        return Outcome.NOTHING_TO_CHANGE;
      }
      if (!container.isRequestedSessionIdValid()) {
        return Outcome.OVERTAKEN;
      }
      request.changeSessionId();
      return Outcome.CHANGED;
    } catch (IllegalStateException endedMeanwhile) {
      return Outcome.NOTHING_TO_CHANGE;
    } finally {
      lock.unlock();
    }
  }
}
