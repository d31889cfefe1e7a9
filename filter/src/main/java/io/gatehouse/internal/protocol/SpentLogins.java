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
 * The logins whose code was or is being redeemed, so that each code is redeemed once: an
 * authorization server that sees a code twice may revoke the tokens issued for it (RFC 6749 section
 * 4.1.2). The set is limited in size and time; the authorization server itself refuses the codes of
 * forgotten logins (RFC 6749 section 4.1.2).
 */
public final class SpentLogins {
  private static final int MOST = 10_000;

  /** The right to redeem a login's code. */
  public static final class Claim {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Instant until;

    Claim(Instant until) {
      this.until = until;
    }

    /**
     * Ends the claim, once the code is redeemed or redeeming has failed; other requests wait for
     * this call.
     */
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
   * Creates the set.
   *
   * @param markers the markers by which nodes inform each other, if they do
   */
  public SpentLogins(Duration loginTimeout, MarkerStore markers, Clock clock) {
    this.loginTimeout = loginTimeout;
    this.markers = markers;
    this.clock = clock;
  }

  /** Returns the right to redeem the login's code; empty for every caller but the first. */
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
      return false; // the authorization server refuses a second use
    }
  }

  private Optional<Claim> takeHere(PendingLogin login) {
    lock.lock();
    try {
      if (claims.containsKey(login.id())) {
        return Optional.empty();
      }
      forgetOld();
      var until = login.begun().plus(loginTimeout);
      if (!until.isAfter(clock.instant())) { // since the caller looked: its claim may be forgotten
        return Optional.empty();
      }
      var claim = new Claim(until);
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
   * Waits until the login's code is redeemed, so that a second click ends at the same page as the
   * first.
   *
   * @return whether the end was seen; if not, the browser may request the page anyway, and is sent
   *     to log in if necessary
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
