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
  private final WelcomeFiles welcomeFiles;

  /** Finds the rule of each kind for one method and one reading. */
  private interface Finder {
    <T> Optional<Rule<T>> in(PathRules<T> kind);
  }

  /** The least precedence of a rule of each kind that counts. */
  private record Least(int access, int acr, int age) {
    static final Least ANY = new Least(NONE, NONE, NONE);
    static final Least NO_RULE = new Least(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    Least and(Least other) {
      return new Least(
          Math.min(access, other.access), Math.min(acr, other.acr), Math.min(age, other.age));
    }

    Least more() {
      return new Least(access + 1, acr + 1, age + 1);
    }

    Least atLeast(int least) {
      return new Least(Math.max(access, least), Math.max(acr, least), Math.max(age, least));
    }
  }

  /** Collects the rules for each method and each reading. */
  Restrictions(
      AccessRules.RuleSet rules,
      WelcomeFiles welcomeFiles,
      Collection<String> methods,
      Readings readings) {
    this.rules = rules;
    this.welcomeFiles = welcomeFiles;
    for (var method : methods) {
      var ofAll = Least.NO_RULE;
      for (var reading : readings.whole()) {
        var own = own(whole(method, reading));
        add(whole(method, reading), Least.ANY, Integer.MAX_VALUE);
        addDirectory(method, reading, own.more());
        if (readings.suffixed().contains(reading)) {
          addShorter(method, reading, own.more());
        }
        ofAll = ofAll.and(own);
      }
      for (var name : readings.otherNames()) {
        add(whole(method, name), ofAll, Integer.MAX_VALUE);
        addDirectory(method, name, ofAll.more());
        addShorter(method, name, ofAll.more());
      }
      for (var name : readings.unmappedNames()) {
        add(whole(method, name), ofAll.atLeast(RequestPattern.ABOVE_EXTENSIONS), Integer.MAX_VALUE);
        addDirectory(method, name, ofAll.more());
      }
    }
  }

  // A welcome file is also the page of its directory.
  private void addDirectory(String method, String reading, Least least) {
    welcomeFiles
        .directories(PathReadings.canonical(reading))
        .forEach(it -> add(whole(method, it), least, RequestPattern.BELOW_EXACT));
  }

  // For a path without its suffix the rules count that name it more exactly than the whole path.
  private void addShorter(String method, String reading, Least least) {
    var path = PathReadings.canonical(reading);
    var most = RequestPattern.BELOW_EXACT;
    rules.loggedIn().coveringWithoutSuffixes(method, path).stream()
        .filter(it -> counts(it, least.access(), most))
        .forEach(it -> note("protected-paths", it, most));
    rules.roles().coveringWithoutSuffixes(method, path).stream()
        .filter(it -> counts(it, least.access(), most))
        .forEach(it -> addRoles(it, most));
    rules.acrs().coveringWithoutSuffixes(method, path).stream()
        .filter(it -> counts(it, least.acr(), most))
        .forEach(it -> addAcrs(it, most));
    rules.maxAges().coveringWithoutSuffixes(method, path).stream()
        .filter(it -> counts(it, least.age(), most))
        .forEach(it -> addMaxAge(it, most));
  }

  private static Finder whole(String method, String reading) {
    return new Finder() {
      @Override
      public <T> Optional<Rule<T>> in(PathRules<T> kind) {
        return kind.covering(method, reading);
      }
    };
  }

  private Least own(Finder finder) {
    return new Least(
        Math.max(exactness(finder.in(rules.loggedIn())), exactness(finder.in(rules.roles()))),
        exactness(finder.in(rules.acrs())),
        exactness(finder.in(rules.maxAges())));
  }

  private void add(Finder finder, Least least, int most) {
    var login = finder.in(rules.loggedIn()).filter(it -> counts(it, least.access(), most));
    var role = finder.in(rules.roles()).filter(it -> counts(it, least.access(), most));
    // Of the two, the more exact decides, as between protected and public paths.
    if (exactness(login) > exactness(role)) {
      login.ifPresent(it -> note("protected-paths", it, most));
    } else {
      role.ifPresent(it -> addRoles(it, most));
    }
    finder
        .in(rules.acrs())
        .filter(it -> counts(it, least.acr(), most))
        .ifPresent(it -> addAcrs(it, most));
    finder
        .in(rules.maxAges())
        .filter(it -> counts(it, least.age(), most))
        .ifPresent(it -> addMaxAge(it, most));
  }

  private void addRoles(Rule<Set<String>> rule, int most) {
    note("required-roles", rule, most);
    roles.add(rule.value());
  }

  private void addAcrs(Rule<List<String>> rule, int most) {
    note("required-acr", rule, most);
    acrs.add(rule.value());
  }

  private void addMaxAge(Rule<Duration> rule, int most) {
    note("required-max-age", rule, most);
    maxAge = Optional.of(shorter(maxAge, rule.value()));
  }

  private static boolean counts(Rule<?> rule, int least, int most) {
    return Math.min(exactness(rule), most) >= least;
  }

  private static <T> int exactness(Optional<Rule<T>> rule) {
    return rule.map(Restrictions::exactness).orElse(NONE);
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
