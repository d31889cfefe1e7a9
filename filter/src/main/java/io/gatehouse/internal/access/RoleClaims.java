package io.gatehouse.internal.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns claims into names of roles. A text or an array of texts is taken as it is; a power of a
 * Verifier's credential becomes one role for each of its actions, such as {@code
 * ProductOffering:Create}.
 *
 * @param paths where the roles are
 * @param links the application's own names, each with the server's roles that it stands for
 */
public record RoleClaims(List<ClaimPath> paths, Map<String, Set<String>> links) {
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  public RoleClaims {
    paths = List.copyOf(paths);
    links = Map.copyOf(links);
  }

  /** The names in a claim's value; what has no such form has no names. */
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

  // Credentials of before 2025 have the names with tmf_, and sometimes one action without array.
  private static Stream<String> powers(Map<?, ?> power) {
    var function =
        power.containsKey("function") ? power.get("function") : power.get("tmf_function");
    var action = power.containsKey("action") ? power.get("action") : power.get("tmf_action");
    return function instanceof String name && action != null
        ? elements(action).filter(String.class::isInstance).map(it -> name + ":" + it)
        : Stream.of();
  }

  /** The same roles, and the application's names for them. */
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
