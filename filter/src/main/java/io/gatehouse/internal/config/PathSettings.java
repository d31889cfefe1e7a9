package io.gatehouse.internal.config;

import io.gatehouse.internal.access.AccessRules.RuleSet;
import io.gatehouse.internal.access.PathRules;
import io.gatehouse.internal.access.RequestPattern;
import io.gatehouse.internal.message.ConfigurationFaults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the rules for paths, and finds those that contradict each other. */
final class PathSettings {
  private static final Pattern ACR = Pattern.compile("[\\x21-\\x7E]+");
  private static final Duration LEAST_AGE = Duration.ofSeconds(10);
  private static final Duration MAX_AGE = Duration.ofDays(30);

  private final Settings settings;

  PathSettings(Settings settings) {
    this.settings = settings;
  }

  RuleSet rules() {
    var open = paths(Property.PUBLIC_PATHS, ConfigurationFaults.INVALID_PUBLIC_PATHS);
    var loggedIn = paths(Property.PROTECTED_PATHS, ConfigurationFaults.INVALID_PROTECTED_PATHS);
    var roles =
        rules(
            Property.REQUIRED_ROLES,
            "/admin/*=admin|operator",
            it -> Optional.of(AccessSettings.alternatives(it)).filter(some -> !some.isEmpty()));
    var acrs =
        rules(
            Property.REQUIRED_ACR,
            "/payments/*=urn:example:gold|urn:example:silver (250 characters of values at most)",
            it -> Optional.of(List.copyOf(AccessSettings.alternatives(it))).filter(this::areAcrs));
    var maxAges =
        rules(
            Property.REQUIRED_MAX_AGE,
            "/payments/*=5m (10 s at least, 30 days at most)",
            it -> Settings.duration(it).filter(PathSettings::isAge));
    open.keySet().stream()
        .filter(RequestPattern::isEveryPage)
        .findFirst()
        .ifPresent(
            it -> settings.fault(Property.PUBLIC_PATHS, ConfigurationFaults.INVALID_PUBLIC_PATHS));
    requireConsistent(open, Property.PROTECTED_PATHS, loggedIn);
    requireConsistent(open, Property.REQUIRED_ROLES, roles);
    requireConsistent(open, Property.REQUIRED_ACR, acrs);
    requireConsistent(open, Property.REQUIRED_MAX_AGE, maxAges);
    return new RuleSet(
        new PathRules<>(open),
        !loggedIn.isEmpty(),
        new PathRules<>(loggedIn),
        new PathRules<>(roles),
        new PathRules<>(acrs),
        new PathRules<>(maxAges));
  }

  private Map<RequestPattern, Boolean> paths(Property property, String fault) {
    var paths = new LinkedHashMap<RequestPattern, Boolean>();
    for (var entry : settings.list(property)) {
      RequestPattern.parse(entry)
          .ifPresentOrElse(it -> paths.put(it, true), () -> settings.fault(property, fault));
    }
    return paths;
  }

  private <T> Map<RequestPattern, T> rules(
      Property property, String example, Function<String, Optional<T>> reader) {
    var rules = new LinkedHashMap<RequestPattern, T>();
    for (var entry : settings.list(property)) {
      var equals = entry.indexOf('=');
      var pattern =
          equals < 0
              ? Optional.<RequestPattern>empty()
              : RequestPattern.parse(entry.substring(0, equals).strip());
      var value =
          equals < 0 ? Optional.<T>empty() : reader.apply(entry.substring(equals + 1).strip());
      if (pattern.isEmpty()
          || value.isEmpty()
          || rules.keySet().stream().anyMatch(pattern.get()::collidesWith)) {
        settings.fault(property, ConfigurationFaults.INVALID_PATH_RULES, example);
      } else {
        rules.put(pattern.get(), value.get());
      }
    }
    return rules;
  }

  private void requireConsistent(
      Map<RequestPattern, Boolean> open, Property property, Map<RequestPattern, ?> restricting) {
    for (var opening : open.keySet()) {
      for (var rule : restricting.keySet()) {
        if (opening.collidesWith(rule)) {
          settings.fault(
              Property.PUBLIC_PATHS,
              ConfigurationFaults.CONTRADICTION,
              opening.text(),
              rule.text(),
              property.shortName());
        } else if (rule.isMoreExactEverywhereThan(opening)) {
          settings.fault(
              Property.PUBLIC_PATHS,
              ConfigurationFaults.INEFFECTIVE,
              opening.text(),
              rule.text(),
              property.shortName());
        }
      }
    }
  }

  private boolean areAcrs(List<String> acrs) {
    return !acrs.isEmpty()
        && acrs.stream().allMatch(it -> ACR.matcher(it).matches())
        && String.join(" ", acrs).length() <= AccessSettings.MAX_ACR_CHARACTERS;
  }

  private static boolean isAge(Duration age) {
    return age.compareTo(LEAST_AGE) >= 0 && age.compareTo(MAX_AGE) <= 0;
  }
}
