package io.gatehouse.internal.session;

import io.gatehouse.Tokens;
import io.gatehouse.internal.observability.OptionalApis;
import io.gatehouse.internal.open.Closing;
import io.gatehouse.internal.open.OpenHandshake;
import io.gatehouse.internal.open.OpenResource;
import io.gatehouse.internal.open.OpenUpgrade;
import io.gatehouse.internal.open.OwnThreads;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The WebSockets, streams and asynchronous requests that sessions have open on this node. They are
 * closed when their session ends. None of them sends requests that would show the end of the
 * session, so a thread looks at their sessions every {@link #INTERVAL}, as long as any is open.
 */
public final class OpenResources implements AutoCloseable {
  /** The time within which an end that this node does not cause itself is noticed. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final int ENDING_THREADS = 8;
  private static final Logger LOG = System.getLogger("io.gatehouse");

  /** Everything that one session has open. */
  private static final class Entry {
    private final List<OpenResource> resources = new CopyOnWriteArrayList<>();
    private final AtomicBoolean needsThoroughLook = new AtomicBoolean();
    private final AtomicBoolean isEnding = new AtomicBoolean();
  }

  private final Map<SessionTokens, Entry> bySession = new ConcurrentHashMap<>();
  private final SessionEnds ends;
  private final ScheduledThreadPoolExecutor watching =
      OwnThreads.pool(1, "gatehouse open sessions");
  private final ScheduledThreadPoolExecutor ending =
      OwnThreads.pool(ENDING_THREADS, "gatehouse ends");
  private final Closing closing = new Closing();
  private final AtomicBoolean isWatching = new AtomicBoolean();

  // Of the watching thread.
  private long changes;
  private int looks;

  public OpenResources(SessionEnds ends) {
    this.ends = ends;
  }

  /** Keeps a resource until it is closed, or its session ends. */
  Tokens.Registration keep(SessionTokens tokens, OpenResource resource) {
    keep(tokens, there -> true, resource);
    return () -> forget(tokens, List.of(resource));
  }

  private void keep(
      SessionTokens tokens, Predicate<List<OpenResource>> isWanted, OpenResource resource) {
    bySession.compute(
        tokens,
        (it, there) -> {
          var entry = there == null ? new Entry() : there;
          if (isWanted.test(entry.resources)) {
            entry.resources.add(resource);
          }
          entry.needsThoroughLook.set(true);
          return entry;
        });
    watch(); // also finds that the session has already ended
  }

  /** Keeps the WebSockets of a session, whose handshake the application is about to see. */
  public void keepHandshake(SessionTokens tokens, ServletContext context) {
    if (OptionalApis.haveWebSockets()) {
      var handshake = OpenHandshake.of(context, tokens);
      keep(tokens, it -> it.stream().noneMatch(OpenHandshake.class::isInstance), handshake);
    }
  }

  /** Keeps a connection that was upgraded to another protocol. */
  public void keepUpgrade(SessionTokens tokens, HttpUpgradeHandler handler) {
    OpenUpgrade.of(handler).ifPresent(it -> keep(tokens, it));
  }

  private void forget(SessionTokens tokens, Collection<OpenResource> closed) {
    bySession.computeIfPresent(
        tokens,
        (it, entry) -> {
          closed.forEach(entry.resources::remove);
          return entry.resources.isEmpty() ? null : entry;
        });
  }

  /** Closes everything that an ended session has open, also if it is known by a copy of it. */
  void closeAllOf(SessionTokens ended) {
    bySession.keySet().stream()
        .filter(it -> it == ended || it.current().isOfSameLogin(ended.current()))
        .forEach(this::closeResourcesOf);
  }

  private void closeResourcesOf(SessionTokens ended) {
    var entry = bySession.remove(ended);
    if (entry != null) {
      closing.closeSoon(entry.resources);
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
    bySession.forEach((tokens, entry) -> look(look, tokens, entry));
    changes = look.changes();
  }

  // Of a shared cache that fails, or of what an application has wrapped.
  private void look(SessionEnds.Look look, SessionTokens tokens, Entry entry) {
    var isThorough = entry.needsThoroughLook.getAndSet(false);
    try {
      forgetClosed(tokens, entry);
      look.endOf(tokens, isThorough)
          .filter(it -> !entry.isEnding.getAndSet(true))
          .ifPresent(it -> execute(() -> end(tokens, entry, it)));
    } catch (RuntimeException | LinkageError e) {
      entry.needsThoroughLook.set(true);
      LOG.log(Logger.Level.DEBUG, "an open session could not be looked at: {0}", e.getClass());
    }
  }

  // Asks the container outside of the map's locks.
  private void forgetClosed(SessionTokens tokens, Entry entry) {
    var closed = entry.resources.stream().filter(it -> !it.isOpen()).toList();
    if (!closed.isEmpty()) {
      forget(tokens, closed);
    }
  }

  // On another thread, since a container may wait for the clients of a session that ends.
  private void end(SessionTokens tokens, Entry entry, BooleanSupplier end) {
    try {
      if (end.getAsBoolean()) {
        closeResourcesOf(tokens);
      } else {
        entry.needsThoroughLook.set(true); // renewed since the look
      }
    } catch (RuntimeException | LinkageError e) { // of the container
      LOG.log(Logger.Level.DEBUG, "an open session could not be ended: {0}", e.getClass());
    } finally {
      entry.isEnding.set(false);
    }
  }

  @Override
  public void close() {
    watching.shutdownNow();
    ending.shutdown();
    closing.close();
  }
}
