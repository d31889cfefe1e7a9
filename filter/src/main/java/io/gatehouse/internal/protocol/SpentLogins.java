package io.gatehouse.internal.protocol;

import io.gatehouse.internal.server.BoundedWait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log-ins whose code was redeemed or is being redeemed, so that each is redeemed once: a server
 * that sees a code twice may revoke what it gave for it (RFC 6749 section 4.1.2). Bounded in number
 * and time: what it forgets, the server refuses itself (RFC 6749 section 4.1.2).
 */
public final class SpentLogins {
  private static final int MOST = 10_000;

  /** The right to redeem a log-in's code. */
  public static final class Claim {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Instant until;

    Claim(Instant until) {
      this.until = until;
    }

    /** To be called when the code is redeemed, well or not: others wait for it. */
    public void end() {
      done.countDown();
    }
  }

  private final LinkedHashMap<LoginId, Claim> claims = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Duration loginTimeout;
  private final MarkerStore markers;
  private final Clock clock;

  /**
   * @param markers by which nodes tell each other, if they do
   */
  public SpentLogins(Duration loginTimeout, MarkerStore markers, Clock clock) {
    this.loginTimeout = loginTimeout;
    this.markers = markers;
    this.clock = clock;
  }

  /** The right to redeem the log-in's code; empty for everyone but the first who asks. */
  public Optional<Claim> take(PendingLogin login) {
    var claim = takeHere(login);
    if (claim.isPresent() && isTakenElsewhere(login)) {
      claim.get().end();
      return Optional.empty();
    }
    return claim;
  }

  private boolean isTakenElsewhere(PendingLogin login) {
    if (!markers.reachOtherNodes()) {
      return false;
    }
    var name = SessionName.mark("spent login", "", login.state().value());
    try {
      return !markers.putIfAbsent(name, login.begun().getEpochSecond(), loginTimeout);
    } catch (RuntimeException unknown) {
      return false; // the server refuses the second use of a code itself
    }
  }

  private Optional<Claim> takeHere(PendingLogin login) {
    lock.lock();
    try {
      if (claims.containsKey(login.id())) {
        return Optional.empty();
      }
      forgetOld();
      var claim = new Claim(login.begun().plus(loginTimeout));
      claims.put(login.id(), claim);
      return Optional.of(claim);
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld() {
    var now = clock.instant();
    var oldest = claims.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().until.isAfter(now) && claims.size() < MOST) {
        return;
      }
      oldest.remove();
    }
  }

  /**
   * Waits for the one who redeems the log-in's code, so that a second click ends where the first
   * does.
   *
   * @return whether it was seen to end; if not, the browser may ask for the page anyway, and is
   *     sent to log in if need be
   */
  public boolean awaitEnd(PendingLogin login, BoundedWait boundedWait) {
    var claim = find(login);
    return claim.isEmpty()
        || boundedWait.await(it -> claim.get().done.await(it, TimeUnit.MILLISECONDS), false);
  }

  private Optional<Claim> find(PendingLogin login) {
    lock.lock();
    try {
      return Optional.ofNullable(claims.get(login.id()));
    } finally {
      lock.unlock();
    }
  }
}
