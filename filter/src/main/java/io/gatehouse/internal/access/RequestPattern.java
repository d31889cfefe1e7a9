package io.gatehouse.internal.access;

import java.util.Optional;

/**
 * The requests to which a rule applies: those to a path, or of some methods to a path ({@code
 * POST:/hook}).
 *
 * @param text the pattern, as configured
 */
public record RequestPattern(String text, Methods methods, PathPattern path) {
  /** The precedence just above that of any extension. */
  static final int ABOVE_EXTENSIONS = 2;

  /** The precedence just below that of any exact path. */
  static final int BELOW_EXACT = 2 * PathPattern.EXACT_PATH - 1;

  /** Parses a pattern; empty for any other text. */
  public static Optional<RequestPattern> parse(String text) {
    var colon = text.startsWith("/") || text.startsWith("*") ? -1 : text.indexOf(':');
    var methods = colon < 0 ? Optional.of(Methods.ALL) : Methods.parse(text.substring(0, colon));
    var path = text.substring(colon + 1);
    return methods.isPresent() && PathPattern.isUsable(path)
        ? Optional.of(new RequestPattern(text, methods.get(), new PathPattern(path)))
        : Optional.empty();
  }

  /**
   * Returns whether the pattern would leave nothing protected for a method that reads or changes
   * data; preflight requests of browsers ({@code OPTIONS}) may be public everywhere.
   */
  public boolean isEveryPage() {
    return path.text().equals(PathPattern.EVERYTHING) && !methods.areOnly("OPTIONS");
  }

  /**
   * Returns the precedence: that of the path; of two patterns of one path, the one with methods
   * decides.
   */
  int exactness() {
    return 2 * path.exactness() + (methods.areAll() ? 0 : 1);
  }

  /** Returns whether the pattern matches a request to exactly this path. */
  boolean matches(String method, String decodedPath) {
    return path.matches(decodedPath) && methods.contain(method);
  }

  /** Returns whether the pattern matches a request to a path with this reading. */
  boolean covers(String method, String reading) {
    return path.covers(reading) && methods.contain(method);
  }

  /** Returns whether the pattern covers a request to this path without some of its suffixes. */
  boolean coversWithoutSuffixes(String method, String canonicalPath) {
    return path.coversWithoutSuffixes(canonicalPath) && methods.contain(method);
  }

  /** Returns whether this pattern decides every request that the other matches. */
  public boolean isMoreExactEverywhereThan(RequestPattern other) {
    return path.text().equals(PathPattern.EVERYTHING)
        && other.path.isExtension()
        && methods.areAll();
  }

  /** Returns whether two patterns of equal precedence match a request in common. */
  public boolean collidesWith(RequestPattern other) {
    return exactness() == other.exactness()
        && methods.overlap(other.methods)
        && (path.equals(other.path)
            || (path.isExact() && other.path.covers(PathReadings.canonical(path.text()))));
  }
}
