package io.gatehouse.internal.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of welcome files, each of which is also the page of its directory (Servlet 6.0 section
 * 10.10).
 *
 * @param names paths within a directory, such as {@code index.html} or {@code faces/start.xhtml}
 */
public record WelcomeFiles(Set<String> names) {
  /** The welcome files of the containers and of Faces. */
  public static final WelcomeFiles USUAL =
      new WelcomeFiles(
          Set.of(
              "index.html", "index.htm", "index.jsp", "index.xhtml", "index.jsf", "index.faces"));

  /** Returns these and more. */
  public WelcomeFiles and(Collection<String> more) {
    var all = new LinkedHashSet<>(names);
    all.addAll(more);
    return new WelcomeFiles(all);
  }

  /** Returns the directories of which a canonical path names a welcome file; usually none. */
  List<String> directories(String canonicalPath) {
    return names.stream()
        .filter(it -> canonicalPath.endsWith("/" + it))
        .map(it -> canonicalPath.substring(0, canonicalPath.length() - it.length()))
        .map(PathReadings::canonical)
        .distinct()
        .toList();
  }
}
