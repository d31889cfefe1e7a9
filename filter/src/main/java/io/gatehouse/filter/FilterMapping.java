package io.gatehouse.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * To what a filter is mapped (Servlet 6.0 section 6.2.4).
 *
 * @param patterns URL patterns
 * @param servlets names of servlets
 */
record FilterMapping(List<String> patterns, List<String> servlets) {
  private static final String EVERYTHING = "/*";

  // Jetty does not tell what web.xml maps before the application has started.
  static FilterMapping of(FilterRegistration filter, FilterMapping inWebXml) {
    return new FilterMapping(
        union(distinct(filter.getUrlPatternMappings()), inWebXml.patterns()),
        union(distinct(filter.getServletNameMappings()), inWebXml.servlets()));
  }

  private static List<String> union(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  // Open Liberty has no list where there are none; WildFly names each as often as its dispatchers.
  private static List<String> distinct(@Nullable Collection<String> mappings) {
    return mappings == null ? List.of() : mappings.stream().distinct().toList();
  }

  /** Returns whether every request of the application reaches the filter. */
  boolean isWhole() {
    return patterns.contains(EVERYTHING);
  }

  /** Returns whether every path that a pattern of ours matches reaches the filter. */
  boolean covers(String pathPattern) {
    return patterns.stream().anyMatch(it -> covers(it, pathPattern));
  }

  private static boolean covers(String mapping, String pathPattern) {
    if (mapping.equals(EVERYTHING) || mapping.equals(pathPattern)) {
      return true;
    }
    if (mapping.endsWith("/*")) {
      var prefix = mapping.substring(0, mapping.length() - 2);
      return pathPattern.equals(prefix) || pathPattern.startsWith(prefix + "/");
    }
    return mapping.startsWith("*.")
        && !pathPattern.endsWith("/*")
        && pathPattern.endsWith(mapping.substring(1));
  }

  /** Maps another filter to the same, before all that web.xml maps. */
  void addTo(FilterRegistration filter, EnumSet<DispatcherType> dispatchers) {
    if (!patterns.isEmpty()) {
      filter.addMappingForUrlPatterns(dispatchers, false, patterns.toArray(new String[0]));
    }
    if (!servlets.isEmpty()) {
      filter.addMappingForServletNames(dispatchers, false, servlets.toArray(new String[0]));
    }
  }
}
