package io.gatehouse.internal.access;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules that restrict one request, by the readings of its path. */
final class Restrictions {
  private final AccessRules.RuleSet rules;
  private final Set<Set<String>> roles = new LinkedHashSet<>();
  private final Set<List<String>> acrs = new LinkedHashSet<>();
  private final Set<String> because = new LinkedHashSet<>();
  private Optional<Duration> maxAge = Optional.empty();
  private int exactness = -1;

  Restrictions(AccessRules.RuleSet rules) {
    this.rules = rules;
  }

  /**
   * Adds the rules for a reading.
   *
   * @param mostExact the greatest precedence that a rule can have by this reading
   */
  void add(String method, String reading, int mostExact) {
    rules
        .loggedIn()
        .covering(method, reading)
        .ifPresent(it -> note("protected-paths", it, mostExact));
    rules
        .roles()
        .covering(method, reading)
        .ifPresent(
            it -> {
              note("required-roles", it, mostExact);
              roles.add(it.value());
            });
    rules
        .acrs()
        .covering(method, reading)
        .ifPresent(
            it -> {
              note("required-acr", it, mostExact);
              acrs.add(it.value());
            });
    rules
        .maxAges()
        .covering(method, reading)
        .ifPresent(
            it -> {
              note("required-max-age", it, mostExact);
              maxAge =
                  maxAge
                      .filter(known -> known.compareTo(it.value()) <= 0)
                      .or(() -> Optional.of(it.value()));
            });
  }

  private void note(String property, PathRules.Rule<?> rule, int mostExact) {
    because.add(property + " " + rule.pattern().text());
    exactness = Math.max(exactness, Math.min(rule.pattern().exactness(), mostExact));
  }

  boolean areNone() {
    return because.isEmpty();
  }

  /** Returns the precedence of the most exact of the rules; negative if there are none. */
  int exactness() {
    return exactness;
  }

  Requirement requirement() {
    return new Requirement(
        false, List.copyOf(roles), List.copyOf(acrs), maxAge, List.copyOf(because));
  }
}
