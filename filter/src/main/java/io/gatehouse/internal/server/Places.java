package io.gatehouse.internal.server;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * The places for concurrent calls. A third is kept for the calls of users who are logged in, and a
 * third for the redemption of codes, so that neither crowd takes the places of the other. Callers
 * of some kinds wait for a place, in their order: a bounded number, for a bounded time, and only
 * while the endpoint answers others.
 */
final class Places {
  // More than this and the calls in progress could occupy all threads of a container.
  private static final int MOST_WAITING = 4; // for each place

  /** The callers of one kind at one endpoint. */
  record Lane(CallKind kind, URI uri) {}

  private static final class Traffic {
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int calls;
    private Pause sinceProgress = Pause.NONE;
  }

  private final int most;
  private final int kept;
  private final Duration patience;
  private final Clock clock;
  // A lock and not synchronized: a virtual thread that waits here must not pin its carrier.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<CallKind, Integer> calls = new EnumMap<>(CallKind.class);
  private final Map<CallKind, Integer> waiting = new EnumMap<>(CallKind.class);
  private final Map<Lane, Traffic> lanes = new HashMap<>();

  /**
   * Creates the places.
   *
   * @param most the maximum number of concurrent calls, not counting those for documents
   * @param patience the longest wait for a place
   */
  Places(int most, Duration patience, Clock clock) {
    this.most = most;
    this.kept = most / 3;
    this.patience = patience;
    this.clock = clock;
  }

  /** Returns the number of calls in progress. */
  int inUse() {
    lock.lock();
    try {
      return calls.values().stream().mapToInt(it -> it).sum();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place, which {@link #leave} frees.
   *
   * @param limit returns the number of concurrent calls that the lane may have now
   * @return false if no place is free, or none became free while the caller waited
   */
  boolean take(Lane lane, IntSupplier limit) throws InterruptedException {
    lock.lock();
    try {
      var traffic = lanes.computeIfAbsent(lane, it -> new Traffic());
      if (!traffic.waiting.isEmpty() || !isFree(lane, traffic, limit)) {
        if (!lane.kind().waits() || !awaitTurn(lane, traffic, limit)) {
          return false;
        }
      }
      if (traffic.calls == 0) {
        traffic.sinceProgress = new Pause(clock.instant(), patience);
      }
      traffic.calls++;
      calls.merge(lane.kind(), 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitTurn(Lane lane, Traffic traffic, IntSupplier limit)
      throws InterruptedException {
    if (count(waiting, lane.kind()) >= MOST_WAITING * most) {
      return false;
    }
    var self = new Object();
    traffic.waiting.add(self);
    waiting.merge(lane.kind(), 1, Integer::sum);
    try {
      var rest = patience.toNanos();
      while (traffic.waiting.peek() != self || !isFree(lane, traffic, limit)) {
        if (rest <= 0 || hasStalled(traffic)) {
          return false;
        }
        rest = changed.awaitNanos(rest);
      }
      return true;
    } finally {
      traffic.waiting.remove(self);
      waiting.merge(lane.kind(), -1, Integer::sum);
      changed.signalAll();
    }
  }

  private boolean hasStalled(Traffic traffic) {
    return traffic.calls > 0 && !traffic.sinceProgress.lastsAt(clock.instant());
  }

  /** Frees the place of a call that has ended. */
  void leave(Lane lane) {
    lock.lock();
    try {
      var traffic = lanes.computeIfAbsent(lane, it -> new Traffic());
      traffic.sinceProgress = new Pause(clock.instant(), patience);
      traffic.calls--;
      calls.merge(lane.kind(), -1, Integer::sum);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFree(Lane lane, Traffic traffic, IntSupplier limit) {
    return traffic.calls < limit.getAsInt() && hasRoom(lane.kind());
  }

  private boolean hasRoom(CallKind kind) {
    var sessions = count(calls, CallKind.SESSION) + count(calls, CallKind.SESSION_AHEAD);
    var logins = count(calls, CallKind.LOGIN);
    var pushes = count(calls, CallKind.PUSH);
    var room = sessions + logins + pushes < most;
    var roomForSession = sessions + pushes < most - kept;
    var roomForLogin = logins + pushes < most - kept;
    return switch (kind) {
      case DOCUMENT -> true;
      case SESSION, SESSION_AHEAD -> room && roomForSession;
      case LOGIN -> room && roomForLogin;
      case PUSH -> room && roomForSession && roomForLogin && pushes < Math.max(1, kept);
    };
  }

  private static int count(Map<CallKind, Integer> counts, CallKind kind) {
    return counts.getOrDefault(kind, 0);
  }
}
