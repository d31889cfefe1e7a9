package io.gatehouse.internal.open;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pools of daemon threads that end after some seconds without work. */
public final class OwnThreads {
  private static final long IDLE_SECONDS = 5;

  private OwnThreads() {}

  public static ScheduledThreadPoolExecutor pool(int most, String name) {
    var pool =
        new ScheduledThreadPoolExecutor(
            most,
            task -> {
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
