package io.gatehouse.internal.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Converts claims to names of roles. A text or an array of texts is used unchanged; a power of a
 * Verifier's credential becomes one role for each of its actions, such as {@code
 * ProductOffering:Create}.
 *
 * @param paths the paths of the roles in the claims
 * @param links the application's own names, each with the authorization server's roles that it
 *     represents
 */
public record RoleClaims(List<ClaimPath> paths, Map<String, Set<String>> links) {
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  public RoleClaims {
    paths = List.copyOf(paths);
    links = Map.copyOf(links);
  }

  /** Returns the role names in a claim's value; empty for a value of any other form. */
  public static Set<String> names(Object value) {
    var names = new HashSet<String>();
    elements(value)
        .flatMap(RoleClaims::namesOfOne)
        .filter(it -> NAME.matcher(it).matches())
        .forEach(names::add);
    return names;
  }

  private static Stream<?> elements(Object value) {
    return value instanceof List<?> list ? list.stream() : Stream.of(value);
  }

  private static Stream<String> namesOfOne(Object element) {
    if (element instanceof String name) {
      return Stream.of(name);
    }
    return element instanceof Map<?, ?> map ? powers(map) : Stream.of();
  }

  // Credentials issued before 2025 use names with tmf_, and sometimes one action without an array.
  private static Stream<String> powers(Map<?, ?> power) {
    var function = member(power, "function", "tmf_function");
    var action = member(power, "action", "tmf_action");
    return function instanceof String name && action != null
        ? elements(action).filter(String.class::isInstance).map(it -> name + ":" + it)
        : Stream.of();
  }

  // Of two names with two values, neither counts.
  private static @Nullable Object member(Map<?, ?> power, String name, String oldName) {
    var value = power.get(name);
    var oldValue = power.get(oldName);
    if (value == null || oldValue == null) {
      return value == null ? oldValue : value;
    }
    return value.equals(oldValue) ? value : null;
  }

  /** Returns the same roles, plus the application's names for them. */
  public Set<String> withLinks(Set<String> roles) {
    var all = new HashSet<>(roles);
    links.forEach(
        (name, stoodFor) -> {
          if (stoodFor.stream().anyMatch(roles::contains)) {
            all.add(name);
          }
        });
    return Set.copyOf(all);
  }
}
