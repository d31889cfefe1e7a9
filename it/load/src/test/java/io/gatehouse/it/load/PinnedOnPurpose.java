package io.gatehouse.it.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits in a static initializer, which pins a virtual thread: a recording must show this wait. */
final class PinnedOnPurpose {
  private static final long WAIT = Duration.ofMillis(20).toNanos();
  private static final long SINCE = waited();

  private PinnedOnPurpose() {}

  private static long waited() {
    LockSupport.parkNanos(WAIT);
    return System.nanoTime();
  }

  /** Waits on the first call. */
  static long once() {
    return SINCE;
  }
}
