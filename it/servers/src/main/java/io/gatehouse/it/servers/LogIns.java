package io.gatehouse.it.servers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** People who log in, several at once and one after the other, until this object is closed. */
public final class LogIns implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final AtomicInteger count = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final ExecutorService threads;
  private volatile boolean over;

  private LogIns(ExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Begins the logins.
   *
   * @param atOnce the number of simultaneous logins
   * @param logIn logs a new person in, and returns an empty text for success or else the failure
   */
  public static LogIns begin(int atOnce, Supplier<String> logIn) {
    var logIns = new LogIns(Executors.newFixedThreadPool(atOnce));
    for (int i = 0; i < atOnce; i++) {
      logIns.threads.execute(() -> logIns.repeat(logIn));
    }
    return logIns;
  }

  private void repeat(Supplier<String> logIn) {
    var end = Instant.now().plus(LONGEST);
    while (!over && Instant.now().isBefore(end)) {
      try {
        var failure = logIn.get();
        if (!failure.isEmpty()) {
          failures.add(failure);
        }
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      count.incrementAndGet();
    }
  }

  /** Waits until the given number of further logins have ended, in success or failure. */
  public void awaitMore(int more) {
    var wanted = count.get() + more;
    var end = Instant.now().plus(LONGEST);
    while (count.get() < wanted) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("only " + count + " logins ended, and not " + wanted);
      }
      ServerProcess.pauseUntil(Instant.now().plusMillis(50));
    }
  }

  public List<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    over = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
