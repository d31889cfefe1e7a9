package io.gatehouse.internal.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one kind. Of all patterns that match a request the most exact decides, as with
 * servlet mappings (Servlet 6.0 section 12.1).
 */
public final class PathRules<T> {
  /** A rule: what it requires or opens, of the requests that its pattern matches. */
  record Rule<T>(RequestPattern pattern, T value) {}

  private final List<Rule<T>> rules;

  public PathRules(Map<RequestPattern, T> rules) {
    this.rules =
        rules.entrySet().stream()
            .map(it -> new Rule<>(it.getKey(), it.getValue()))
            .sorted(Comparator.comparing(it -> -it.pattern().exactness()))
            .toList();
  }

  List<Rule<T>> rules() {
    return rules;
  }

  /** Returns the patterns, the most exact first. */
  public List<String> patterns() {
    return rules.stream().map(it -> it.pattern().text()).toList();
  }

  /** Returns the patterns of paths, without methods. */
  public List<String> paths() {
    return rules.stream().map(it -> it.pattern().path().text()).toList();
  }

  /** Returns the rule for a request to exactly this path. */
  Optional<Rule<T>> at(String method, String decodedPath) {
    for (var rule : rules) {
      if (rule.pattern().matches(method, decodedPath)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Returns the rules for a request to this path without some of its suffixes, one for each. */
  Collection<Rule<T>> coveringWithoutSuffixes(String method, String canonicalPath) {
    if (canonicalPath.indexOf('.', canonicalPath.lastIndexOf('/') + 2) < 0) {
      return List.of();
    }
    var byPath = new LinkedHashMap<String, Rule<T>>();
    for (var rule : rules) {
      if (rule.pattern().coversWithoutSuffixes(method, canonicalPath)) {
        byPath.putIfAbsent(rule.pattern().path().withoutWildcard(), rule);
      }
    }
    return byPath.values();
  }

  /** Returns the rule for a request to a path with this reading. */
  Optional<Rule<T>> covering(String method, String reading) {
    for (var rule : rules) {
      if (rule.pattern().covers(method, reading)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }
}
