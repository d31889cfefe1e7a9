package io.gatehouse.internal.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Bounds how long a request waits for another request's call to the authorization server. A few
 * requests wait for the full time; the others wait only as long as a healthy authorization server
 * takes. Otherwise all threads of the container could wait for one hanging call.
 */
public final class BoundedWait {
  /** A wait with a time limit. */
  public interface Wait<T> {
    /** Waits, and returns the state seen within the time. */
    T atMost(long milliseconds) throws InterruptedException;
  }

  private static final Duration BRIEF = Duration.ofSeconds(3);

  private final Duration longest;
  private final Semaphore places;

  /**
   * Creates the bound.
   *
   * @param longest the longest wait
   * @param places the maximum number of requests that wait that long at one time
   */
  public BoundedWait(Duration longest, int places) {
    this.longest = longest;
    this.places = new Semaphore(places);
  }

  /**
   * Waits: up to the longest time if a place is free, otherwise up to three seconds.
   *
   * @param otherwise the value to return if the thread is interrupted
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
