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
 * @param patterns the URL patterns
 * @param servlets the names of servlets
 */
public record FilterMapping(List<String> patterns, List<String> servlets) {
  private static final String EVERYTHING = "/*";

  // Jetty does not report the mappings of web.xml before the application has started, and no API
  // reports the dispatcher types of a mapping.
  public static FilterMapping of(String name, FilterRegistration filter, WebXml webXml) {
    return webXml.maps(name)
        ? webXml.mapping(name)
        : new FilterMapping(
            distinct(filter.getUrlPatternMappings()), distinct(filter.getServletNameMappings()));
  }

  // Open Liberty returns null for no mappings; WildFly lists each mapping once for each of its
  // dispatcher types.
  private static List<String> distinct(@Nullable Collection<String> mappings) {
    return mappings == null ? List.of() : mappings.stream().distinct().toList();
  }

  /** Returns whether every request of the application reaches the filter. */
  public boolean isWhole() {
    return patterns.contains(EVERYTHING);
  }

  /** Returns whether any path that a pattern matches reaches the filter. */
  boolean touches(String pathPattern) {
    return patterns.stream().anyMatch(it -> overlap(it, pathPattern));
  }

  /** Returns whether one URL pattern includes all paths of another. */
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

  /** Returns whether two URL patterns have a path in common. */
  static boolean overlap(String one, String other) {
    return covers(one, other)
        || covers(other, one)
        || (one.startsWith("*.") && other.endsWith("/*"))
        || (other.startsWith("*.") && one.endsWith("/*"));
  }

  /** Maps another filter to the same patterns and servlets, before all mappings of web.xml. */
  public void addTo(FilterRegistration filter, EnumSet<DispatcherType> dispatchers) {
    if (!patterns.isEmpty()) {
      filter.addMappingForUrlPatterns(dispatchers, false, patterns.toArray(new String[0]));
    }
    if (!servlets.isEmpty()) {
      filter.addMappingForServletNames(dispatchers, false, servlets.toArray(new String[0]));
    }
  }
}
