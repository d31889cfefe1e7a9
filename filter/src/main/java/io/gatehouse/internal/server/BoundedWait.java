package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How long a request waits for what another request asks of the server: a few as long as it may
 * take, and the others only as long as a server takes that is well. Else all the threads of the
 * container could wait for one call that hangs.
 */
public final class BoundedWait {
  /** A wait that can be given up. */
  public interface Wait<T> {
    /** Waits, and says what was seen within the time. */
    T atMost(long milliseconds) throws InterruptedException;
  }

  private static final Duration BRIEF = Duration.ofSeconds(1);

  private final Duration longest;
  private final Semaphore places;

  /**
   * @param longest the longest wait
   * @param places how many wait that long at one time at most
   */
  public BoundedWait(Duration longest, int places) {
    this(longest, new Semaphore(places));
  }

  private BoundedWait(Duration longest, Semaphore places) {
    this.longest = longest;
    this.places = places;
  }

  /** For longer waits, which take the same places. */
  public BoundedWait plus(Duration more) {
    return new BoundedWait(longest.plus(more), places);
  }

  /**
   * Waits.
   *
   * @param otherwise what to say when it is interrupted
   */
  public <T> T await(Wait<T> wait, T otherwise) {
    var patient = places.tryAcquire();
    try {
      var most = patient || longest.compareTo(BRIEF) < 0 ? longest : BRIEF;
      return wait.atMost(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return otherwise;
    } finally {
      if (patient) {
        places.release();
      }
    }
  }
}
