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
 * browser; a named session consists of the attributes that were set behind this filter. A login or
 * logout behind one filter thus does not affect the other filters.
 */
@SuppressWarnings("deprecation") // for the methods that HttpSession requires
public final class NamedSession implements HttpSession {
  private static final String ALL = "gatehouse/";
  private static final String BEGUN = "";
  private static final ReentrantLock BEGINNING = new ReentrantLock();

  private final HttpSession container;
  private final String filter;
  private final String prefix;
  private final String life;

  /**
   * Creates a view of the container's session.
   *
   * @param life distinguishes this session from earlier ones in the container's session, which have
   *     ended
   */
  private NamedSession(HttpSession container, String filter, String life) {
    this.container = container;
    this.filter = filter;
    this.prefix = prefix(filter);
    this.life = life;
  }

  /** Returns the prefix of this session's attributes in the container's session. */
  public static String prefix(String filter) {
    return ALL + filter + "/";
  }

  /** Returns the session of a filter, if it has begun. */
  public static @Nullable NamedSession find(HttpSession session, String filter) {
    var container = containers(session);
    return container.getAttribute(prefix(filter) + BEGUN) instanceof String life
        ? new NamedSession(container, filter, life)
        : null;
  }

  /** Returns the session of a filter, and begins it if necessary. */
  public static NamedSession begin(HttpSession session, String filter) {
    var there = find(session, filter);
    return there == null ? beginOnce(containers(session), filter) : there;
  }

  // The requests of one page arrive together, and all of them must begin the same session.
  private static NamedSession beginOnce(HttpSession container, String filter) {
    BEGINNING.lock();
    try {
      var there = find(container, filter);
      if (there != null) {
        return there;
      }
      var begun = new NamedSession(container, filter, UUID.randomUUID().toString());
      begun.clear(); // attributes set while another request ended the previous session
      container.setAttribute(begun.prefix + BEGUN, begun.life);
      return begun;
    } finally {
      BEGINNING.unlock();
    }
  }

  // If a request passes two Gatehouse filters, each has its own part of the container's session.
  private static HttpSession containers(HttpSession session) {
    return session instanceof NamedSession named ? named.container : session;
  }

  /** Returns the name of the filter. */
  public String filter() {
    return filter;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    var value = container.getAttribute(prefix + checked(name));
    requireLive(); // checked last, or the value may be the next session's
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

  /**
   * Ends the session behind this filter, and the container's session too if no other filter has a
   * part in it.
   */
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

  // Code that still holds an ended session must not access the one that has begun in its place.
  private void requireLive() {
    if (!life.equals(container.getAttribute(prefix + BEGUN))) {
      throw new IllegalStateException("the session has ended"); // required by HttpSession
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
