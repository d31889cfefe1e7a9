package io.gatehouse.internal.session;

import io.gatehouse.Tokens;
import io.gatehouse.internal.observability.OptionalApis;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The WebSockets, streams and asynchronous requests that sessions have open on this node. They are
 * closed when their session ends. None of them sends requests that would show the end of the
 * session, so a thread looks at their sessions every {@link #INTERVAL}, as long as any is open.
 */
public final class OpenThings implements AutoCloseable {
  /** The time within which an end that this node does not cause itself is noticed. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  // A client that no longer reads delays the close of its own socket; others must not wait for it.
  private static final int CLOSING_THREADS = 32;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Map<SessionTokens, List<OpenThing>> bySession = new ConcurrentHashMap<>();
  private final SessionEnds ends;
  private final ScheduledThreadPoolExecutor watching =
      new ScheduledThreadPoolExecutor(1, threads("gatehouse open sessions"));
  private final ThreadPoolExecutor closing =
      new ThreadPoolExecutor(
          CLOSING_THREADS,
          CLOSING_THREADS,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          threads("gatehouse closes"));
  private final AtomicBoolean isWatching = new AtomicBoolean();

  // Of the watching thread alone.
  private long changes;
  private int looks;

  public OpenThings(SessionEnds ends) {
    this.ends = ends;
    watching.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
    watching.allowCoreThreadTimeOut(true);
    closing.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory threads(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Keeps a resource until it is closed, or its session ends. */
  Tokens.Registration keep(SessionTokens tokens, OpenThing thing) {
    bySession.compute(
        tokens,
        (it, there) -> {
          var things = there == null ? new CopyOnWriteArrayList<OpenThing>() : there;
          things.add(thing);
          return things;
        });
    if (tokens.hasEnded()) { // before it was kept
      closeThingsOf(tokens);
    } else {
      watch();
    }
    return () -> forget(tokens, it -> it == thing);
  }

  /** Keeps the WebSockets of a session, whose handshake the application is about to see. */
  public void keepHandshake(SessionTokens tokens, ServletContext context) {
    var there = bySession.get(tokens);
    if (OptionalApis.haveWebSockets()
        && (there == null || there.stream().noneMatch(OpenHandshake.class::isInstance))) {
      var unused = keep(tokens, OpenHandshake.of(context, tokens));
    }
  }

  /** Keeps a connection that was upgraded to another protocol. */
  public void keepUpgrade(SessionTokens tokens, HttpUpgradeHandler handler) {
    OpenUpgrade.of(handler).ifPresent(it -> keep(tokens, it));
  }

  private void forget(SessionTokens tokens, Predicate<OpenThing> closed) {
    bySession.computeIfPresent(
        tokens,
        (it, things) -> {
          things.removeIf(closed);
          return things.isEmpty() ? null : things;
        });
  }

  /**
   * Closes everything that an ended session has open, also if it is known by a copy of it. Begins a
   * moment later: the container may close the same WebSockets when the session is invalidated, and
   * two closes at once may leave no close frame (Payara, WildFly).
   */
  void closeAllOf(SessionTokens ended) {
    bySession.keySet().stream()
        .filter(it -> it == ended || it.current().isOfSameLogin(ended.current()))
        .forEach(this::closeThingsOf);
  }

  private void closeThingsOf(SessionTokens ended) {
    var things = bySession.remove(ended);
    if (things != null) {
      watch(() -> things.forEach(this::close), A_MOMENT);
    }
  }

  private void close(OpenThing thing) {
    execute(() -> closeNow(thing));
  }

  private void execute(Runnable task) {
    try {
      closing.execute(task);
    } catch (RejectedExecutionException applicationEnds) {
      // the container closes everything
    }
  }

  // The client may be gone, and an application's own resource may throw anything.
  private static void closeNow(OpenThing thing) {
    try {
      if (thing.isOpen()) {
        thing.close();
      }
    } catch (Exception | LinkageError e) {
      LOG.log(Logger.Level.DEBUG, "could not be closed with its session: {0}", e.getClass());
    }
  }

  /** Looks at all sessions now, since one may have been ended. */
  public void lookNow() {
    if (!bySession.isEmpty()) {
      watch(this::look, Duration.ZERO);
    }
  }

  private void watch() {
    if (!isWatching.get() && !isWatching.getAndSet(true)) {
      watch(this::lookAndGoOn, INTERVAL);
    }
  }

  private void watch(Runnable look, Duration delay) {
    try {
      var unused = watching.schedule(look, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException applicationEnds) {
      // the container closes everything
    }
  }

  private void lookAndGoOn() {
    try {
      look();
    } finally {
      isWatching.set(false);
      if (!bySession.isEmpty()) {
        watch();
      }
    }
  }

  private void look() {
    try {
      var look = ends.look(changes, looks++);
      for (var tokens : bySession.keySet()) {
        forget(tokens, it -> !it.isOpen());
        look.endOf(tokens).ifPresent(it -> execute(() -> end(tokens, it)));
      }
      changes = look.changes();
    } catch (RuntimeException | LinkageError e) { // for example of a shared cache that fails
      LOG.log(Logger.Level.DEBUG, "open sessions could not be looked at: {0}", e.getClass());
    }
  }

  // On another thread, since a container may wait for the clients of a session that ends.
  private void end(SessionTokens tokens, Runnable end) {
    try {
      end.run();
    } catch (RuntimeException | LinkageError e) { // of the container
      LOG.log(Logger.Level.DEBUG, "an open session could not be ended: {0}", e.getClass());
    } finally {
      if (tokens.hasEnded()) {
        closeThingsOf(tokens);
      }
    }
  }

  @Override
  public void close() {
    watching.shutdownNow();
    closing.shutdown();
  }
}
