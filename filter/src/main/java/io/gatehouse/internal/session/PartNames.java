package io.gatehouse.internal.session;

import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the attributes that make up the parts of a container's session.
 *
 * <pre>
 * gatehouse/FILTER/            the life of the latest anonymous session; never removed
 * gatehouse/FILTER/login       the life of the latest session of a login; never removed
 * gatehouse/FILTER/LIFE/       there while the session with that life lives
 * gatehouse/FILTER/LIFE/NAME   an attribute of that session
 * </pre>
 */
final class PartNames {
  /** The beginning of the life of each session of a login. */
  static final String LOGIN = "login";

  private static final String ALL = "gatehouse/";

  private PartNames() {}

  static String anonymous(String filter) {
    return ALL + filter + "/";
  }

  static String login(String filter) {
    return ALL + filter + "/" + LOGIN;
  }

  /** Returns the name of the sign that a session lives, the prefix of its attributes. */
  static String prefix(String filter, String life) {
    return ALL + filter + "/" + life + "/";
  }

  /**
   * Returns whether an attribute of the container's session is this one of a part of the filter.
   */
  static boolean isAttribute(String nameInContainer, String filter, String name) {
    return isOfPart(nameInContainer, anonymous(filter), name);
  }

  /** Returns whether an attribute of the container's session is the sign that a part lives. */
  static boolean isSignOfLife(String nameInContainer) {
    return isOfPart(nameInContainer, ALL, "");
  }

  private static boolean isOfPart(String nameInContainer, String start, String name) {
    return nameInContainer.startsWith(start)
        && nameInContainer.endsWith("/" + name)
        && nameInContainer.chars().filter(it -> it == '/').count() == 3;
  }

  /** Returns the names of all attributes of a container's session. */
  static Stream<String> of(HttpSession container) {
    return Collections.list(container.getAttributeNames()).stream();
  }

  /** Returns the lives of the filter's sessions of which there are attributes. */
  static List<String> lives(HttpSession container, String filter) {
    var prefix = anonymous(filter);
    return of(container)
        .filter(it -> it.startsWith(prefix) && it.indexOf('/', prefix.length()) > 0)
        .map(it -> it.substring(prefix.length(), it.indexOf('/', prefix.length())))
        .distinct()
        .toList();
  }
}
