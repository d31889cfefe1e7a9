package io.gatehouse.internal.access;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requirements of some paths. Of all patterns that match a path the longest decides, and an
 * exact pattern precedes any prefix, as with servlet mappings (Servlet 6.0 section 12.1).
 */
public final class PathRules<T> {
  private record Rule<T>(PathPattern pattern, T value) {}

  private final List<Rule<T>> rules;

  public PathRules(Map<PathPattern, T> rules) {
    this.rules =
        rules.entrySet().stream()
            .map(it -> new Rule<>(it.getKey(), it.getValue()))
            .sorted(Comparator.comparingInt(it -> rank(it.pattern().text())))
            .toList();
  }

  private static int rank(String pattern) {
    return pattern.endsWith("/*") ? -pattern.length() : Integer.MIN_VALUE;
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  public List<String> patterns() {
    return rules.stream().map(it -> it.pattern().text()).toList();
  }

  /** Returns the requirement of a path. */
  Optional<T> at(String decodedPath) {
    for (var rule : rules) {
      if (rule.pattern().matches(decodedPath)) {
        return Optional.of(rule.value());
      }
    }
    return Optional.empty();
  }
}
