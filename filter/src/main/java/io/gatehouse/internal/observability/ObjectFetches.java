package io.gatehouse.internal.observability;

import io.gatehouse.internal.message.Warnings;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches whether the authorization server fetches the request objects of new logins. If it never
 * does, it cannot reach the application: because of a firewall, or because {@code
 * gatehouse.backend-url} is wrong from the authorization server's point of view. Counts on this
 * node only, and keeps no data of a login.
 */
public final class ObjectFetches {
  /**
   * The minimum number of unfetched objects for a warning. Fewer may be robots, which do not follow
   * redirects.
   */
  public static final long NOTICEABLE = 20;

  public static final Duration PAUSE = Duration.ofMinutes(10);

  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Clock clock;
  private final LongAdder issued = new LongAdder();
  private final AtomicLong issuedAtLastFetch = new AtomicLong();
  private final AtomicLong nextLook;
  private final RareWarning refusals;

  ObjectFetches(Clock clock) {
    this.clock = clock;
    this.nextLook = new AtomicLong(clock.millis() + PAUSE.toMillis());
    this.refusals = new RareWarning(clock);
  }

  void issued() {
    issued.increment();
    var now = clock.millis();
    var due = nextLook.get();
    var isDue = now >= due || due - now > PAUSE.toMillis(); // a clock may be set back
    if (isDue && nextLook.compareAndSet(due, now + PAUSE.toMillis())) {
      warnIfNoneIsFetched();
    }
  }

  private void warnIfNoneIsFetched() {
    var unfetched = unfetched();
    if (unfetched >= NOTICEABLE) {
      LOG.log(Logger.Level.WARNING, Warnings.OBJECTS_UNFETCHED.formatted(unfetched));
    }
  }

  void fetched() {
    issuedAtLastFetch.set(issued.sum());
  }

  void refused() {
    refusals.log(Warnings.OBJECT_REFUSED);
  }

  /** Returns the number of logins begun since an object was last fetched. */
  long unfetched() {
    return Math.max(0, issued.sum() - issuedAtLastFetch.get());
  }
}
