package io.gatehouse.internal.deployment;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a filter for requests (Servlet 6.0 section 6.2.4).
 *
 * @param patterns URL patterns
 * @param servlets names of servlets
 */
public record FilterMapping(List<String> patterns, List<String> servlets) {
  private static final String EVERYTHING = "/*";

  // Jetty does not tell what web.xml maps before the application has started, and no API tells for
  // which dispatches a mapping is.
  public static FilterMapping of(String name, FilterRegistration filter, WebXml webXml) {
    return webXml.maps(name)
        ? webXml.mapping(name)
        : new FilterMapping(
            distinct(filter.getUrlPatternMappings()), distinct(filter.getServletNameMappings()));
  }

  // Open Liberty has no list where there are none; WildFly names each as often as its dispatchers.
  private static List<String> distinct(@Nullable Collection<String> mappings) {
    return mappings == null ? List.of() : mappings.stream().distinct().toList();
  }

  /** Returns whether every request of the application reaches the filter. */
  public boolean isWhole() {
    return patterns.contains(EVERYTHING);
  }

  /** Returns whether some path that a pattern matches reaches the filter. */
  boolean touches(String pathPattern) {
    return patterns.stream().anyMatch(it -> overlap(it, pathPattern));
  }

  /** Returns whether all paths of one URL pattern are paths of another. */
  public static boolean covers(String mapping, String pathPattern) {
    if (mapping.equals(EVERYTHING) || mapping.equals(pathPattern)) {
      return true;
    }
    if (mapping.endsWith("/*")) {
      var prefix = mapping.substring(0, mapping.length() - 2);
      return (pathPattern.equals(prefix) || pathPattern.startsWith(prefix + "/"))
          && !pathPattern.startsWith("*.");
    }
    return mapping.startsWith("*.")
        && !pathPattern.endsWith("/*")
        && pathPattern.endsWith(mapping.substring(1));
  }

  /** Returns whether some path is one of both URL patterns. */
  static boolean overlap(String one, String other) {
    return covers(one, other)
        || covers(other, one)
        || (one.startsWith("*.") && other.endsWith("/*"))
        || (other.startsWith("*.") && one.endsWith("/*"));
  }

  /** Maps another filter to the same, before all that web.xml maps. */
  public void addTo(FilterRegistration filter, EnumSet<DispatcherType> dispatchers) {
    if (!patterns.isEmpty()) {
      filter.addMappingForUrlPatterns(dispatchers, false, patterns.toArray(new String[0]));
    }
    if (!servlets.isEmpty()) {
      filter.addMappingForServletNames(dispatchers, false, servlets.toArray(new String[0]));
    }
  }
}
