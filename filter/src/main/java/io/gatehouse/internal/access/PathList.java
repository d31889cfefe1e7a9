package io.gatehouse.internal.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Pages that a property lists by exact paths, prefixes and extensions.
 *
 * @param patterns the patterns, as configured
 */
public record PathList(List<PathPattern> patterns) {
  /**
   * Returns whether a request is for a listed page, under each of its names. An extension lists
   * files only: a servlet may take {@code /account/x.css} for {@code /account} (web cache
   * deception).
   */
  public boolean contains(HttpServletRequest request) {
    if (patterns.isEmpty()) {
      return false;
    }
    var path = RequestPath.of(request);
    return !path.isAmbiguous()
        && path.publicNames().stream()
            .allMatch(name -> patterns.stream().anyMatch(it -> lists(it, name, request)));
  }

  private static boolean lists(PathPattern pattern, String name, HttpServletRequest request) {
    return pattern.matches(name) && (!pattern.isExtension() || StaticFiles.contain(name, request));
  }
}
