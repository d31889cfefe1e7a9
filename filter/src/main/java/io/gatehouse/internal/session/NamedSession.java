package io.gatehouse.internal.session;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session behind one of an application's several filters. A container has one session for each
 * browser; of that, this is what was put in behind this filter, so that being logged in behind one
 * of them, and logging out there, is nothing to the others.
 */
@SuppressWarnings("deprecation") // of what HttpSession still has to have
public final class NamedSession implements HttpSession {
  private static final String ALL = "gatehouse/";
  private static final String BEGUN = "";
  private static final ReentrantLock BEGINNING = new ReentrantLock();

  private final HttpSession container;
  private final String filter;
  private final String prefix;
  private final String life;

  /**
   * @param life tells it from those that were in the container's session before it, and have ended
   */
  private NamedSession(HttpSession container, String filter, String life) {
    this.container = container;
    this.filter = filter;
    this.prefix = prefix(filter);
    this.life = life;
  }

  /** What the names of its attributes begin with in the container's session. */
  public static String prefix(String filter) {
    return ALL + filter + "/";
  }

  /** That of a filter, if it has begun. */
  public static @Nullable NamedSession find(HttpSession session, String filter) {
    var container = containers(session);
    return container.getAttribute(prefix(filter) + BEGUN) instanceof String life
        ? new NamedSession(container, filter, life)
        : null;
  }

  /** That of a filter, begun if need be. */
  public static NamedSession begin(HttpSession session, String filter) {
    var there = find(session, filter);
    return there == null ? beginOnce(containers(session), filter) : there;
  }

  // The requests of one page come together, and all of them begin the same one.
  private static NamedSession beginOnce(HttpSession container, String filter) {
    BEGINNING.lock();
    try {
      var there = find(container, filter);
      if (there != null) {
        return there;
      }
      var begun = new NamedSession(container, filter, UUID.randomUUID().toString());
      begun.clear(); // of what a request put in while another one ended the session before
      container.setAttribute(begun.prefix + BEGUN, begun.life);
      return begun;
    } finally {
      BEGINNING.unlock();
    }
  }

  // Where a request passes two of our filters, each has its own part of the container's session.
  private static HttpSession containers(HttpSession session) {
    return session instanceof NamedSession named ? named.container : session;
  }

  /** The name of the filter. */
  public String filter() {
    return filter;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    var value = container.getAttribute(prefix + checked(name));
    requireLive(); // now, or it may be the next one's
    return value;
  }

  private static String checked(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an attribute has a name");
    }
    return name;
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    requireLive();
    return Collections.enumeration(names());
  }

  private List<String> names() {
    return Collections.list(container.getAttributeNames()).stream()
        .filter(it -> it.startsWith(prefix) && it.length() > prefix.length())
        .map(it -> it.substring(prefix.length()))
        .toList();
  }

  @Override
  public void setAttribute(String name, Object value) {
    requireLive();
    container.setAttribute(prefix + checked(name), value);
  }

  @Override
  public void removeAttribute(String name) {
    requireLive();
    container.removeAttribute(prefix + checked(name));
  }

  /** Ends what is behind this filter; the container's session too, if nothing is left in it. */
  @Override
  public void invalidate() {
    requireLive();
    clear();
    container.removeAttribute(prefix + BEGUN);
    if (Collections.list(container.getAttributeNames()).stream()
        .noneMatch(it -> it.startsWith(ALL))) {
      container.invalidate();
    }
  }

  private void clear() {
    names().forEach(it -> container.removeAttribute(prefix + it));
  }

  // Who holds it still must not reach into the one that has begun in its place.
  private void requireLive() {
    if (!life.equals(container.getAttribute(prefix + BEGUN))) {
      throw new IllegalStateException("the session has ended"); // as HttpSession says
    }
  }

  @Override
  public String getId() {
    return container.getId();
  }

  @Override
  public boolean isNew() {
    return container.isNew();
  }

  @Override
  public long getCreationTime() {
    return container.getCreationTime();
  }

  @Override
  public long getLastAccessedTime() {
    return container.getLastAccessedTime();
  }

  @Override
  public ServletContext getServletContext() {
    return container.getServletContext();
  }

  @Override
  public void setMaxInactiveInterval(int interval) {
    container.setMaxInactiveInterval(interval);
  }

  @Override
  public int getMaxInactiveInterval() {
    return container.getMaxInactiveInterval();
  }
}
