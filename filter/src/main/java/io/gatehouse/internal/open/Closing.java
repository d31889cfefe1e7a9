package io.gatehouse.internal.open;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes the resources of ended sessions on threads of its own: a client that no longer reads
 * delays the close of its own socket, on Tomcat by up to 20 s. The threads end after some seconds
 * without work.
 */
public final class Closing implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int THREADS_OF_A_SESSION = 4;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  /**
   * The time after which closing begins: the container may close the same WebSockets when the
   * session is invalidated, and two closes at once may leave no close frame (Payara, WildFly).
   */
  private static final Duration A_MOMENT = Duration.ofMillis(300);

  private final ScheduledThreadPoolExecutor threads = OwnThreads.pool(THREADS, "gatehouse closes");

  /** Closes the resources of a session, after {@link #A_MOMENT}. */
  public void closeSoon(Collection<OpenResource> ofSession) {
    var all = new ConcurrentLinkedQueue<>(ofSession);
    for (int i = 0; i < Math.min(ofSession.size(), THREADS_OF_A_SESSION); i++) {
      try {
        var unused =
            threads.schedule(() -> closeAll(all), A_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException applicationEnds) {
        // the container closes everything
      }
    }
  }

  private static void closeAll(Queue<OpenResource> all) {
    for (var resource = all.poll(); resource != null; resource = all.poll()) {
      closeNow(resource);
    }
  }

  // The client may be gone, and an application's own resource may throw anything.
  private static void closeNow(OpenResource resource) {
    try {
      if (resource.isOpen()) {
        resource.close();
      }
    } catch (Exception | LinkageError e) {
      LOG.log(Logger.Level.DEBUG, "could not be closed with its session: {0}", e.getClass());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
