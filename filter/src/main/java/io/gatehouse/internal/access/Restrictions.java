package io.gatehouse.internal.access;

import io.gatehouse.internal.access.PathRules.Rule;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that restrict one request, by the readings of its path. */
final class Restrictions {
  private static final int NONE = -1;

  private final Map<Rule<?>, String> found = new LinkedHashMap<>();
  private final Set<Set<String>> roles = new LinkedHashSet<>();
  private final Set<List<String>> acrs = new LinkedHashSet<>();
  private Optional<Duration> maxAge = Optional.empty();
  private int exactness = NONE;

  private final AccessRules.RuleSet rules;
  private final Collection<String> methods;

  /** Collects the rules for each method and each reading. */
  Restrictions(AccessRules.RuleSet rules, Collection<String> methods, Collection<String> readings) {
    this.rules = rules;
    this.methods = methods;
    readings.forEach(it -> add(it, NONE, NONE, NONE, Integer.MAX_VALUE));
    // For a path without its suffix the rules count that name it more exactly than the whole path.
    var byAccess =
        Math.max(mostExact(rules.loggedIn(), readings), mostExact(rules.roles(), readings));
    var byAcr = mostExact(rules.acrs(), readings);
    var byAge = mostExact(rules.maxAges(), readings);
    for (var reading : PathReadings.shorter(readings)) {
      add(reading, byAccess, byAcr, byAge, RequestPattern.BELOW_EXACT);
    }
  }

  private <T> int mostExact(PathRules<T> some, Collection<String> readings) {
    return readings.stream()
        .flatMap(it -> methods.stream().flatMap(method -> some.covering(method, it).stream()))
        .mapToInt(it -> it.pattern().exactness())
        .max()
        .orElse(NONE);
  }

  private void add(String reading, int byAccess, int byAcr, int byAge, int most) {
    for (var method : methods) {
      var login = covering(rules.loggedIn(), method, reading, byAccess, most);
      var role = covering(rules.roles(), method, reading, byAccess, most);
      // Of the two, the more exact decides, as between protected and public paths.
      if (login.isPresent()
          && exactness(login.get()) > role.map(Restrictions::exactness).orElse(NONE)) {
        note("protected-paths", login.get(), most);
      } else if (role.isPresent()) {
        note("required-roles", role.get(), most);
        roles.add(role.get().value());
      }
      covering(rules.acrs(), method, reading, byAcr, most)
          .ifPresent(
              it -> {
                note("required-acr", it, most);
                acrs.add(it.value());
              });
      covering(rules.maxAges(), method, reading, byAge, most)
          .ifPresent(
              it -> {
                note("required-max-age", it, most);
                maxAge = Optional.of(shorter(maxAge, it.value()));
              });
    }
  }

  private static <T> Optional<Rule<T>> covering(
      PathRules<T> some, String method, String reading, int moreExactThan, int most) {
    return some.covering(method, reading)
        .filter(it -> Math.min(exactness(it), most) > moreExactThan);
  }

  private static int exactness(Rule<?> rule) {
    return rule.pattern().exactness();
  }

  private static Duration shorter(Optional<Duration> known, Duration other) {
    return known.filter(it -> it.compareTo(other) <= 0).orElse(other);
  }

  private void note(String property, Rule<?> rule, int most) {
    found.put(rule, property + " " + rule.pattern().text());
    exactness = Math.max(exactness, Math.min(exactness(rule), most));
  }

  boolean areNone() {
    return found.isEmpty();
  }

  /** Returns whether each rule is also among others. */
  boolean areAmong(Collection<Restrictions> others) {
    return found.keySet().stream()
        .allMatch(it -> others.stream().anyMatch(other -> other.found.containsKey(it)));
  }

  /** Returns the precedence of the most exact of the rules; negative if there are none. */
  int exactness() {
    return exactness;
  }

  Requirement requirement() {
    return new Requirement(
        false, List.copyOf(roles), List.copyOf(acrs), maxAge, List.copyOf(found.values()));
  }
}
