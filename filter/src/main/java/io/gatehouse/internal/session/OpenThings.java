package io.gatehouse.internal.session;

import io.gatehouse.Tokens;
import io.gatehouse.internal.observability.OptionalApis;
import io.gatehouse.internal.open.Closing;
import io.gatehouse.internal.open.OpenHandshake;
import io.gatehouse.internal.open.OpenThing;
import io.gatehouse.internal.open.OpenUpgrade;
import io.gatehouse.internal.open.OwnThreads;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The WebSockets, streams and asynchronous requests that sessions have open on this node. They are
 * closed when their session ends. None of them sends requests that would show the end of the
 * session, so a thread looks at their sessions every {@link #INTERVAL}, as long as any is open.
 */
public final class OpenThings implements AutoCloseable {
  /** The time within which an end that this node does not cause itself is noticed. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final int ENDING_THREADS = 8;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  private final Map<SessionTokens, List<OpenThing>> bySession = new ConcurrentHashMap<>();
  private final SessionEnds ends;
  private final Set<SessionTokens> isNew = ConcurrentHashMap.newKeySet();
  private final Set<SessionTokens> isEnding = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor watching =
      OwnThreads.pool(1, "gatehouse open sessions");
  private final ScheduledThreadPoolExecutor ending =
      OwnThreads.pool(ENDING_THREADS, "gatehouse ends");
  private final Closing closing = new Closing();
  private final AtomicBoolean isWatching = new AtomicBoolean();

  // Of the watching thread.
  private long changes;
  private int looks;

  public OpenThings(SessionEnds ends) {
    this.ends = ends;
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
      isNew.add(tokens);
      watch();
    }
    return () -> forget(tokens, List.of(thing));
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

  private void forget(SessionTokens tokens, Collection<OpenThing> closed) {
    bySession.computeIfPresent(
        tokens,
        (it, things) -> {
          closed.forEach(things::remove);
          return things.isEmpty() ? null : things;
        });
  }

  /** Closes everything that an ended session has open, also if it is known by a copy of it. */
  void closeAllOf(SessionTokens ended) {
    bySession.keySet().stream()
        .filter(it -> it == ended || it.current().isOfSameLogin(ended.current()))
        .forEach(this::closeThingsOf);
  }

  private void closeThingsOf(SessionTokens ended) {
    isNew.remove(ended);
    var things = bySession.remove(ended);
    if (things != null) {
      closing.close(things);
    }
  }

  /** Carries out a task at the end of a session, on another thread. */
  void execute(Runnable task) {
    try {
      ending.execute(task);
    } catch (RejectedExecutionException applicationEnds) {
      // nothing is to be done any more
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
    var look = ends.look(changes, looks++);
    bySession.keySet().forEach(it -> look(look, it));
    changes = look.changes();
  }

  // Of a shared cache that fails, or of what an application has wrapped.
  private void look(SessionEnds.Look look, SessionTokens tokens) {
    var wasNew = isNew.remove(tokens);
    try {
      forgetClosed(tokens);
      look.endOf(tokens, wasNew)
          .filter(it -> isEnding.add(tokens))
          .ifPresent(it -> execute(() -> end(tokens, it)));
    } catch (RuntimeException | LinkageError e) {
      isNew.add(tokens); // the next look is thorough
      LOG.log(Logger.Level.DEBUG, "an open session could not be looked at: {0}", e.getClass());
    }
  }

  // Asks the container outside of the map's locks.
  private void forgetClosed(SessionTokens tokens) {
    var closed =
        bySession.getOrDefault(tokens, List.of()).stream().filter(it -> !it.isOpen()).toList();
    if (!closed.isEmpty()) {
      forget(tokens, closed);
    }
  }

  // On another thread, since a container may wait for the clients of a session that ends.
  private void end(SessionTokens tokens, BooleanSupplier end) {
    try {
      if (end.getAsBoolean()) {
        closeThingsOf(tokens);
      } else {
        isNew.add(tokens); // renewed since the look
      }
    } catch (RuntimeException | LinkageError e) { // of the container
      LOG.log(Logger.Level.DEBUG, "an open session could not be ended: {0}", e.getClass());
    } finally {
      isEnding.remove(tokens);
    }
  }

  @Override
  public void close() {
    watching.shutdownNow();
    ending.shutdown();
    closing.close();
  }
}
