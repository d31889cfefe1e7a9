package io.gatehouse.internal.session;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The session behind one of an application's several filters. A container has one session for each
 * browser; a named session consists of the attributes that were set behind this filter. A login or
 * logout behind one filter thus does not affect the other filters.
 *
 * <pre>
 * gatehouse/FILTER/            the life of the latest session; never removed
 * gatehouse/FILTER/LIFE/       there while that session lives
 * gatehouse/FILTER/LIFE/NAME   an attribute of that session
 * </pre>
 *
 * <p>The life in the names keeps requests of different sessions apart, however slow they are. No
 * lock could: containers and applications run listeners within each change.
 */
@SuppressWarnings("deprecation") // for the methods that HttpSession requires
public final class NamedSession implements HttpSession {
  private static final String ALL = "gatehouse/";

  // The lives of the sessions that begin now, by the container's session and the filter.
  private static final Map<String, String> BEGINNING = new ConcurrentHashMap<>();

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
    this.prefix = prefix(filter) + life + "/";
    this.life = life;
  }

  private static String prefix(String filter) {
    return ALL + filter + "/";
  }

  /** Returns whether an attribute of the container's session is this one of a part of it. */
  static boolean isAttribute(String nameInContainer, String filter, String name) {
    return isOfPart(nameInContainer, prefix(filter), name);
  }

  private static boolean isOfPart(String nameInContainer, String start, String name) {
    return nameInContainer.startsWith(start)
        && nameInContainer.endsWith("/" + name)
        && nameInContainer.chars().filter(it -> it == '/').count() == 3;
  }

  /** Returns the session of a filter, if it has begun. */
  public static @Nullable NamedSession find(HttpSession session, String filter) {
    var container = containers(session);
    if (container.getAttribute(prefix(filter)) instanceof String life) {
      var found = new NamedSession(container, filter, life);
      return found.isLive() ? found : null;
    }
    return null;
  }

  /** Returns the session of a filter, and begins it if necessary. */
  public static NamedSession begin(HttpSession session, String filter) {
    var there = find(session, filter);
    return there == null ? beginOnce(containers(session), filter) : there;
  }

  // The requests of one page arrive together, and all of them must begin the same session. None
  // waits for the first: its session counts as live before it is in the container's.
  private static NamedSession beginOnce(HttpSession container, String filter) {
    var begun = new NamedSession(container, filter, UUID.randomUUID().toString());
    var key = LastPart.name(container) + "/" + filter;
    var first = BEGINNING.putIfAbsent(key, begun.life);
    try {
      var there = find(container, filter);
      if (there != null) {
        return there;
      }
      if (first != null) {
        return new NamedSession(container, filter, first);
      }
      begun.enter();
      return begun;
    } finally {
      BEGINNING.remove(key, begun.life);
    }
  }

  private void enter() {
    container.setAttribute(prefix(filter), life);
    container.setAttribute(prefix, "");
    LastPart.hasBegunIn(container);
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
    requireLive(); // checked last, or an attribute that ended with the session would be missing
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
    var names = names();
    requireLive();
    return Collections.enumeration(names);
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
    if (!isLive()) { // ended meanwhile, and perhaps cleared before this attribute was set
      container.removeAttribute(prefix + name);
      throw ended();
    }
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
    end();
    try {
      LastPart.endSessionIf(this::hasNoPart, container);
    } catch (IllegalStateException endedMeanwhile) {
      // by the container or by another request
    }
  }

  private void end() {
    clear();
    container.removeAttribute(prefix);
    clear(); // what another request has set meanwhile
  }

  private void clear() {
    names().forEach(it -> container.removeAttribute(prefix + it));
  }

  private boolean hasNoPart() {
    return Collections.list(container.getAttributeNames()).stream()
        .noneMatch(it -> isOfPart(it, ALL, ""));
  }

  // In this order: a session that has begun is in the container's before it stops beginning.
  private boolean isLive() {
    return (!BEGINNING.isEmpty() && BEGINNING.containsValue(life))
        || container.getAttribute(prefix) != null;
  }

  // Code that still holds an ended session must learn that it has ended.
  private void requireLive() {
    if (!isLive()) {
      throw ended();
    }
  }

  private static IllegalStateException ended() {
    return new IllegalStateException("the session has ended"); // required by HttpSession
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
