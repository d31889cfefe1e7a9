package io.gatehouse.internal.session;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session behind one of an application's several filters. A container has one session for each
 * browser; a named session consists of the attributes that were set behind this filter. A login or
 * logout behind one filter thus does not affect the other filters.
 *
 * <p>The life in the {@linkplain PartNames names} keeps requests of different sessions apart,
 * however slow they are. No lock could: containers and applications run listeners within each
 * change.
 */
@SuppressWarnings("deprecation") // for the methods that HttpSession requires
public final class NamedSession implements HttpSession {
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
  NamedSession(HttpSession container, String filter, String life) {
    this.container = container;
    this.filter = filter;
    this.prefix = PartNames.prefix(filter, life);
    this.life = life;
  }

  /** Returns the session of a filter, if it has begun. */
  public static @Nullable NamedSession find(HttpSession session, String filter) {
    var container = containers(session);
    var ofLogin = findOfLogin(container, filter);
    return ofLogin == null ? find(container, filter, PartNames.anonymous(filter)) : ofLogin;
  }

  static @Nullable NamedSession findOfLogin(HttpSession container, String filter) {
    return find(container, filter, PartNames.login(filter));
  }

  private static @Nullable NamedSession find(HttpSession container, String filter, String latest) {
    if (container.getAttribute(latest) instanceof String life) {
      var found = new NamedSession(container, filter, life);
      return found.isLive() ? found : null;
    }
    return null;
  }

  /** Returns the session of a filter, and begins it if necessary. */
  public static NamedSession begin(HttpSession session, String filter) {
    var there = find(session, filter);
    return there == null ? NamedSessionStart.beginOnce(containers(session), filter) : there;
  }

  /**
   * Ends all sessions of the filter in the container's session, this one too, and begins that of a
   * login, in which nothing is that another request has set.
   *
   * @throws IllegalStateException if the session of another login has begun meanwhile
   */
  NamedSession beginForLogin() {
    return NamedSessionStart.beginForLogin(container, filter);
  }

  // If a request passes two Gatehouse filters, each has its own part of the container's session.
  private static HttpSession containers(HttpSession session) {
    return session instanceof NamedSession named ? named.container : session;
  }

  /** Returns the name of the filter. */
  public String filter() {
    return filter;
  }

  /** Returns the random text that distinguishes this session from all others of the filter. */
  public String life() {
    return life;
  }

  /** Returns whether the session began with a login. */
  public boolean isOfLogin() {
    return life.startsWith(PartNames.LOGIN);
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
    return PartNames.of(container)
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

  void end() {
    clear();
    container.removeAttribute(prefix);
    clear(); // what another request has set meanwhile
  }

  private void clear() {
    names().forEach(it -> container.removeAttribute(prefix + it));
  }

  private boolean hasNoPart() {
    return PartNames.of(container).noneMatch(PartNames::isSignOfLife);
  }

  // In this order: a session that has begun is in the container's before it stops beginning.
  private boolean isLive() {
    return NamedSessionStart.isBeginning(life) || container.getAttribute(prefix) != null;
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
