package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code <filter-name>} of one of an application's filters. Properties of this filter are
 * {@code gatehouse.NAME.*}; properties {@code gatehouse.*} apply to all filters.
 *
 * @param text the name of this filter
 * @param all the names of all filters of the application, including this one
 */
public record FilterName(String text, Set<String> all) {
  private static final Pattern USABLE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  public FilterName {
    all = Set.copyOf(all);
  }

  /** Returns the name of an application's only filter. */
  public static FilterName alone(String text) {
    return new FilterName(text, Set.of(text));
  }

  boolean isOneOfSeveral() {
    return all.size() > 1;
  }

  /** Returns the prefix of this filter's properties; empty if the name is unusable as a prefix. */
  Optional<String> prefix() {
    return isUsable(text) ? Optional.of(Property.PREFIX + text + ".") : Optional.empty();
  }

  /**
   * Returns the property for a name without {@code gatehouse.}, with or without a filter's name.
   */
  Optional<Property> property(String shortName) {
    var dot = shortName.indexOf('.');
    var before = dot < 0 ? "" : shortName.substring(0, dot);
    return Property.named(shortName)
        .or(
            () ->
                all.contains(before) && isUsable(before)
                    ? Property.named(shortName.substring(dot + 1))
                    : Optional.empty());
  }

  /**
   * Returns whether a name is usable as a prefix of properties and distinct from the start of every
   * property.
   */
  public static boolean isUsable(String name) {
    return USABLE.matcher(name).matches()
        && Arrays.stream(Property.values())
            .map(it -> it.shortName() + ".")
            .noneMatch(it -> it.startsWith(name + "."));
  }
}
