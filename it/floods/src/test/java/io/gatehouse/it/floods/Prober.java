package io.gatehouse.it.floods;

import io.gatehouse.it.servers.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A logged-in user who requests a page at a steady rate, whatever else happens. The waiting time
 * starts at the moment when the request was due, so that a slow answer does not hide behind the
 * requests that it delays.
 */
final class Prober implements AutoCloseable {
  private static final long INTERVAL = Duration.ofMillis(20).toNanos();

  private final Site site;
  private final String request;
  private final List<Long> waits = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = new Thread(this::probe, "prober");
  private volatile boolean ended;
  private volatile String failure = "";

  private Prober(Site site, String request) {
    this.site = site;
    this.request = request;
  }

  /**
   * Begins to request the page of a logged-in user.
   *
   * @param session the cookie of a session
   */
  static Prober start(Site site, String session) {
    return startAsking(site, site.page(session));
  }

  /** Begins to send a request that is answered with 200. */
  static Prober startAsking(Site site, String request) {
    var prober = new Prober(site, request);
    prober.thread.start();
    return prober;
  }

  private void probe() {
    try (var connection = new Connection(site.port())) {
      var due = System.nanoTime();
      while (!ended) {
        LockSupport.parkNanos(due - System.nanoTime());
        if (System.nanoTime() < due) {
          continue;
        }
        var answer = connection.send(request);
        if (answer.status() != 200) {
          failure = answer.toString();
          return;
        }
        waits.add(System.nanoTime() - due);
        due += INTERVAL;
      }
    } catch (RuntimeException e) {
      failure = e.toString();
    }
  }

  /** Ends the requests, and returns the waiting time of each page, in nanoseconds. */
  List<Long> end() {
    close();
    if (!failure.isEmpty()) {
      throw new IllegalStateException("a page that everybody waits for: " + failure);
    }
    return List.copyOf(waits);
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
