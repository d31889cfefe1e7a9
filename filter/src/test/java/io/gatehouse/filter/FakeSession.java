package io.gatehouse.filter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A session in memory, which refuses what a container refuses: {@code io.gatehouse.container}
 * compares it with real ones.
 */
public final class FakeSession implements InvocationHandler {
  private static final AtomicInteger CHANGES = new AtomicInteger();
  private static final AtomicLong NOW = new AtomicLong(1_700_000_000_000L);

  private final Map<String, Object> attributes = new ConcurrentHashMap<>();
  private final long createdAt = NOW.incrementAndGet();
  private String id;
  private boolean valid = true;
  private boolean isNew;
  private int maxInactiveInterval = 1800;
  private boolean endsAtNextUse;
  private int changes;
  private final AtomicReference<Runnable> beforeNextChange = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> beforeNextLook = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> beforeIdChange = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> beforeNextRemoval = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> afterNextListing = new AtomicReference<>(() -> {});
  private final AtomicReference<Runnable> beforeEnd = new AtomicReference<>(() -> {});

  public FakeSession(String id) {
    this.id = id;
  }

  public FakeSession with(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  /** Returns the id, which the client has from now on. */
  String sent() {
    isNew = false;
    return id;
  }

  /** Simulates another request that ends the session after this one has found it. */
  FakeSession endedMeanwhile() {
    endsAtNextUse = true;
    return this;
  }

  /** Makes this a session whose id the client does not have yet. */
  FakeSession justBegun() {
    isNew = true;
    return this;
  }

  public String id() {
    return id;
  }

  public Map<String, Object> attributes() {
    return attributes;
  }

  /** Runs another request's change just before the next attribute is set. */
  public void beforeNextChange(Runnable other) {
    beforeNextChange.set(other);
  }

  /** Runs another request's change just before the next attribute is read. */
  void beforeNextLook(Runnable other) {
    beforeNextLook.set(other);
  }

  /** Runs another request's change just before the id changes. */
  public void beforeIdChange(Runnable other) {
    beforeIdChange.set(other);
  }

  /** Runs another request's change just before the next attribute is removed. */
  void beforeNextRemoval(Runnable other) {
    beforeNextRemoval.set(other);
  }

  /** Runs another request's change just after the next look at the names of the attributes. */
  void afterNextListing(Runnable other) {
    afterNextListing.set(other);
  }

  /** Runs another request's change just before the session is invalidated. */
  void beforeEnd(Runnable other) {
    beforeEnd.set(other);
  }

  /** Returns how often an attribute was set, which is when a container copies it to other nodes. */
  public int changes() {
    return changes;
  }

  public boolean isValid() {
    return valid;
  }

  String changeId() {
    beforeIdChange.getAndSet(() -> {}).run();
    requireValid();
    id = "changed-" + CHANGES.incrementAndGet();
    return id;
  }

  private void requireValid() {
    if (!valid) {
      throw new IllegalStateException("the session has ended");
    }
  }

  public HttpSession http() {
    return (HttpSession)
        Proxy.newProxyInstance(
            FakeSession.class.getClassLoader(), new Class<?>[] {HttpSession.class}, this);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] arguments) {
    if (endsAtNextUse) {
      valid = false;
    }
    var given = Objects.requireNonNullElse(arguments, new Object[0]);
    switch (called.getName()) { // these answer after the end as well
      case "getId" -> {
        return id;
      }
      case "getServletContext" -> {
        return Deployment.proxy(ServletContext.class, (context, method, with) -> null);
      }
      default -> requireValid();
    }
    return whileValid(called.getName(), given);
  }

  private @Nullable Object whileValid(String called, @Nullable Object[] given) {
    switch (called) {
      case "getAttribute" -> {
        beforeNextLook.getAndSet(() -> {}).run();
        requireValid();
        return attributes.get((String) given[0]);
      }
      case "getCreationTime", "getLastAccessedTime" -> {
        return createdAt;
      }
      case "isNew" -> {
        return isNew;
      }
      case "getMaxInactiveInterval" -> {
        return maxInactiveInterval;
      }
      case "setMaxInactiveInterval" -> maxInactiveInterval = (int) Objects.requireNonNull(given[0]);
      case "setAttribute" -> {
        beforeNextChange.getAndSet(() -> {}).run();
        requireValid();
        changes++;
        set((String) Objects.requireNonNull(given[0]), given[1]);
      }
      case "getAttributeNames" -> {
        var names = List.copyOf(attributes.keySet());
        afterNextListing.getAndSet(() -> {}).run();
        return Collections.enumeration(names);
      }
      case "removeAttribute" -> {
        beforeNextRemoval.getAndSet(() -> {}).run();
        requireValid();
        attributes.remove((String) given[0]);
      }
      case "invalidate" -> {
        beforeEnd.getAndSet(() -> {}).run();
        requireValid();
        valid = false;
      }
      default -> throw new AssertionError("a login has no business with " + called);
    }
    return null;
  }

  private void set(String name, @Nullable Object value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }
}
