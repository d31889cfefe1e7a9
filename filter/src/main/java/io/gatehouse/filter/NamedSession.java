package io.gatehouse.filter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session behind one of an application's several filters. A container has one session for each
 * browser; of that, this is what was put in behind this filter, so that being logged in behind one
 * of them, and logging out there, is nothing to the others.
 */
@SuppressWarnings("deprecation") // of what HttpSession still has to have
final class NamedSession implements HttpSession {
  private static final String ALL = "gatehouse/";
  private static final String BEGUN = "";

  private final HttpSession container;
  private final String gate;
  private final String prefix;

  private NamedSession(HttpSession container, String gate) {
    this.container = container;
    this.gate = gate;
    this.prefix = prefix(gate);
  }

  /** What the names of its attributes begin with in the container's session. */
  static String prefix(String gate) {
    return ALL + gate + "/";
  }

  /** That of a filter, if it has begun. */
  static @Nullable NamedSession find(HttpSession session, String gate) {
    var named = new NamedSession(containers(session), gate);
    return named.container.getAttribute(named.prefix + BEGUN) == null ? null : named;
  }

  /** That of a filter, begun if need be. */
  static NamedSession begin(HttpSession session, String gate) {
    var named = new NamedSession(containers(session), gate);
    if (named.container.getAttribute(named.prefix + BEGUN) == null) {
      named.container.setAttribute(named.prefix + BEGUN, true);
    }
    return named;
  }

  // Where a request passes two of our filters, each has its own part of the container's session.
  private static HttpSession containers(HttpSession session) {
    return session instanceof NamedSession named ? named.container : session;
  }

  /** The name of the filter. */
  String gate() {
    return gate;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return container.getAttribute(prefix + checked(name));
  }

  private static String checked(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an attribute has a name");
    }
    return name;
  }

  @Override
  public Enumeration<String> getAttributeNames() {
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
    requireBegun();
    container.setAttribute(prefix + checked(name), value);
  }

  @Override
  public void removeAttribute(String name) {
    container.removeAttribute(prefix + checked(name));
  }

  /** Ends what is behind this filter; the container's session too, if nothing is left in it. */
  @Override
  public void invalidate() {
    requireBegun();
    names().forEach(this::removeAttribute);
    container.removeAttribute(prefix + BEGUN);
    if (Collections.list(container.getAttributeNames()).stream()
        .noneMatch(it -> it.startsWith(ALL))) {
      container.invalidate();
    }
  }

  private void requireBegun() {
    if (container.getAttribute(prefix + BEGUN) == null) {
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
