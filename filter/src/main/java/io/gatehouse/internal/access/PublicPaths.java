package io.gatehouse.internal.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The paths that need no login. */
public final class PublicPaths {
  private final List<String> patterns;
  private final Set<String> exact;
  private final List<PathPattern> prefixes;

  /**
   * Creates the paths.
   *
   * @throws IllegalArgumentException if one of the patterns is not {@link #isUsable}
   */
  public PublicPaths(List<String> patterns) {
    if (!patterns.stream().allMatch(PublicPaths::isUsable)) {
      throw new IllegalArgumentException("exact paths and /prefix/* only");
    }
    this.patterns = List.copyOf(patterns);
    exact =
        patterns.stream().filter(it -> !it.endsWith("/*")).collect(Collectors.toUnmodifiableSet());
    prefixes = patterns.stream().filter(it -> it.endsWith("/*")).map(PathPattern::new).toList();
  }

  /** Returns whether a pattern has one of the two forms, and does not make everything public. */
  public static boolean isUsable(String pattern) {
    return PathPattern.isUsable(pattern) && !pattern.equals("/*");
  }

  public List<String> patterns() {
    return patterns;
  }

  /** Returns whether a path below a prefix such as {@code /static/*} is public. */
  public boolean touch(String prefixPattern) {
    if (!PathPattern.isUsable(prefixPattern)) {
      return false; // no public path is below such a pattern
    }
    var prefix = new PathPattern(prefixPattern);
    return contains(prefixPattern.substring(0, prefixPattern.length() - 2))
        || patterns.stream().anyMatch(it -> prefix.matches(it.replaceFirst("/\\*$", "")));
  }

  public boolean contains(String decodedPath) {
    if (exact.contains(decodedPath)) {
      return true;
    }
    for (var prefix : prefixes) {
      if (prefix.matches(decodedPath)) {
        return true;
      }
    }
    return false;
  }
}
