package io.gatehouse.internal.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for tests, as the configuration reads them. */
public final class Rules {
  private final Map<RequestPattern, Boolean> open = new LinkedHashMap<>();
  private final Map<RequestPattern, Boolean> loggedIn = new LinkedHashMap<>();
  private final Map<RequestPattern, Set<String>> roles = new LinkedHashMap<>();
  private final Map<RequestPattern, List<String>> acrs = new LinkedHashMap<>();
  private final Map<RequestPattern, Duration> maxAges = new LinkedHashMap<>();

  private WelcomeFiles welcomeFiles = WelcomeFiles.USUAL;

  private Rules() {}

  /** Returns rules with public paths. */
  public static Rules open(String... patterns) {
    var rules = new Rules();
    Stream.of(patterns).forEach(it -> rules.open.put(pattern(it), true));
    return rules;
  }

  private static RequestPattern pattern(String text) {
    return RequestPattern.parse(text).orElseThrow();
  }

  /** Adds protected paths; everything else is public. */
  public Rules loggedIn(String... patterns) {
    Stream.of(patterns).forEach(it -> loggedIn.put(pattern(it), true));
    return this;
  }

  /** Adds required roles. */
  public Rules role(String pattern, String... some) {
    roles.put(pattern(pattern), Set.of(some));
    return this;
  }

  /** Adds required acr values. */
  public Rules acr(String pattern, String... some) {
    acrs.put(pattern(pattern), List.of(some));
    return this;
  }

  /** Adds a maximum age. */
  public Rules maxAge(String pattern, Duration age) {
    maxAges.put(pattern(pattern), age);
    return this;
  }

  /** Adds welcome files. */
  public Rules welcome(String... names) {
    welcomeFiles = welcomeFiles.and(List.of(names));
    return this;
  }

  /** Returns the rules. */
  public AccessRules rules() {
    return new AccessRules(
        new AccessRules.RuleSet(
            new PathRules<>(open),
            !loggedIn.isEmpty(),
            new PathRules<>(loggedIn),
            new PathRules<>(roles),
            new PathRules<>(acrs),
            new PathRules<>(maxAges)),
        welcomeFiles);
  }
}
