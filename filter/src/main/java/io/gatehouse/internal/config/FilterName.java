package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code <filter-name>} of one of an application's filters. Its properties are {@code
 * gatehouse.NAME.*}; what stands in {@code gatehouse.*} is true of all of them.
 *
 * @param all the names of all filters of the application, this one among them
 */
public record FilterName(String text, Set<String> all) {
  private static final Pattern USABLE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  public FilterName {
    all = Set.copyOf(all);
  }

  /** Of the only filter. */
  public static FilterName alone(String text) {
    return new FilterName(text, Set.of(text));
  }

  boolean isOneOfSeveral() {
    return all.size() > 1;
  }

  /** What its properties begin with; empty if it is no name for properties. */
  Optional<String> prefix() {
    return isUsable(text) ? Optional.of(Property.PREFIX + text + ".") : Optional.empty();
  }

  /**
   * The property that a name without {@code gatehouse.} stands for, with a filter's name or not.
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

  /** Whether a name can stand before those of properties and is not taken for a part of one. */
  public static boolean isUsable(String name) {
    return USABLE.matcher(name).matches()
        && Arrays.stream(Property.values())
            .map(it -> it.shortName() + ".")
            .noneMatch(it -> it.startsWith(name + "."));
  }
}
