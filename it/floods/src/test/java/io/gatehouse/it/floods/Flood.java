package io.gatehouse.it.floods;

import io.gatehouse.it.servers.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests over a few connections, at a steady rate, or as fast as they are answered if the server
 * is slower than that.
 *
 * @param requests the total number of requests
 * @param perSecond the rate of all connections together
 */
record Flood(long requests, int perSecond) {
  static final int CONNECTIONS = 8;
  static final int PER_SECOND = Integer.getInteger("floods.rate", 3000);

  /** Creates a flood at the default rate. */
  Flood(long requests) {
    this(requests, PER_SECOND);
  }

  /** The visitor of one connection, who may remember state from one request to the next. */
  interface Visitor {
    /** Sends a request and checks the answer. */
    void ask(Connection connection);
  }

  /**
   * Sends all requests.
   *
   * @return the time that the flood took
   */
  Duration send(int port, Supplier<Visitor> visitors) {
    var next = new AtomicLong();
    var start = System.nanoTime();
    Callable<Void> stream =
        () -> {
          var visitor = visitors.get();
          try (var connection = new Connection(port)) {
            for (var number = next.getAndIncrement();
                number < requests;
                number = next.getAndIncrement()) {
              await(start + number * 1_000_000_000L / perSecond);
              visitor.ask(connection);
            }
          }
          return null;
        };
    var threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      for (var done : threads.invokeAll(Collections.nCopies(CONNECTIONS, stream))) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void await(long moment) {
    for (var left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
