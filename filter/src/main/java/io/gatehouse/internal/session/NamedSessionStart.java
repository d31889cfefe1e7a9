package io.gatehouse.internal.session;

import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Begins named sessions. Many requests may do so at once, and none waits for another: the first one
 * may be in a listener of the application, which waits for one of the others.
 */
final class NamedSessionStart {
  // The lives of the anonymous sessions that begin now, by the container's session and the filter.
  private static final Map<String, String> BEGINNING = new ConcurrentHashMap<>();

  private NamedSessionStart() {}

  /** Returns whether a session that lives need not be in the container's session yet. */
  static boolean isBeginning(String life) {
    return !BEGINNING.isEmpty() && BEGINNING.containsValue(life);
  }

  /**
   * Begins an anonymous session, unless another request has begun one. The requests of one page
   * arrive together, and all of them must begin the same session.
   *
   * @throws IllegalStateException if the container's session has ended
   */
  static NamedSession beginOnce(HttpSession container, String filter) {
    var life = UUID.randomUUID().toString();
    var key = LastPart.name(container) + "/" + filter;
    var first = BEGINNING.putIfAbsent(key, life);
    try {
      var there = NamedSession.find(container, filter);
      if (there != null) {
        return there;
      }
      return first == null
          ? beginUnlessLoggedIn(container, filter, life)
          : new NamedSession(container, filter, first);
    } finally {
      BEGINNING.remove(key, life);
    }
  }

  // A login that has begun its session meanwhile may not have found this one, and thus not ended
  // it.
  private static NamedSession beginUnlessLoggedIn(
      HttpSession container, String filter, String life) {
    var begun = begin(container, filter, PartNames.anonymous(filter), life);
    var ofLogin = NamedSession.findOfLogin(container, filter);
    if (ofLogin == null) {
      return begun;
    }
    begun.end();
    return ofLogin;
  }

  private static NamedSession begin(
      HttpSession container, String filter, String latest, String life) {
    container.setAttribute(latest, life);
    container.setAttribute(PartNames.prefix(filter, life), "");
    LastPart.hasBegunIn(container);
    return new NamedSession(container, filter, life);
  }

  /**
   * Begins the session of a login, and ends all other sessions of the filter. Of several logins at
   * once the latest one counts.
   *
   * @throws IllegalStateException if another login is later, or the container's session has ended
   */
  static NamedSession beginForLogin(HttpSession container, String filter) {
    var latest = PartNames.login(filter);
    var life = PartNames.LOGIN + "-" + UUID.randomUUID();
    var begun = begin(container, filter, latest, life);
    // In this order: a life that is listed here and is not the latest afterwards never will be.
    var lives = PartNames.lives(container, filter);
    if (!life.equals(container.getAttribute(latest))) {
      begun.end();
      throw new IllegalStateException("the session of a later login has begun");
    }
    lives.stream()
        .filter(it -> !it.equals(life))
        .forEach(it -> new NamedSession(container, filter, it).end());
    return begun;
  }
}
