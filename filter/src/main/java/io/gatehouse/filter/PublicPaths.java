package io.gatehouse.filter;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths that need no log-in: exact paths, and all below {@code /prefix/*}. Compared to the path
 * that the container decoded, letter by letter.
 */
final class PublicPaths {
  private static final Pattern EXACT = Pattern.compile("/|(/[^/*;%\\\\\\p{Cntrl}]+)+/?");
  private static final Pattern PREFIX = Pattern.compile("(/[^/*;%\\\\\\p{Cntrl}]+)+/\\*");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(.*/)?\\.{1,2}(/.*)?");

  private final Set<String> exact;
  private final List<String> prefixes;

  /**
   * @throws IllegalArgumentException if one of them is not {@link #isUsable}
   */
  PublicPaths(List<String> patterns) {
    if (!patterns.stream().allMatch(PublicPaths::isUsable)) {
      throw new IllegalArgumentException("exact paths and /prefix/* only");
    }
    exact =
        patterns.stream().filter(it -> !it.endsWith("/*")).collect(Collectors.toUnmodifiableSet());
    prefixes =
        patterns.stream()
            .filter(it -> it.endsWith("/*"))
            .map(it -> it.substring(0, it.length() - 1))
            .toList();
  }

  /** Whether a pattern is one of the two kinds, and does not open everything. */
  static boolean isUsable(String pattern) {
    return (EXACT.matcher(pattern).matches() || PREFIX.matcher(pattern).matches())
        && !DOT_SEGMENT.matcher(pattern).matches();
  }

  boolean contain(String decodedPath) {
    if (exact.contains(decodedPath)) {
      return true;
    }
    for (var prefix : prefixes) {
      // As a servlet mapping, /prefix/* holds /prefix too (Servlet 6.0 section 12.2).
      if (decodedPath.startsWith(prefix)
          || (decodedPath.length() == prefix.length() - 1 && prefix.startsWith(decodedPath))) {
        return true;
      }
    }
    return false;
  }
}
