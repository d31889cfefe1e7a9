package io.gatehouse.internal.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.stream.Collectors;

/**
 * Detects several copies of gatehouse-filter in an application, whose classes may be of different
 * versions.
 */
public final class JarCopies {
  private JarCopies() {}

  /**
   * Returns whether an application loads a class from another copy, or contains a second copy.
   *
   * @param filter the class as this copy has it
   */
  public static boolean areSeveral(Class<?> filter, ClassLoader ofApplication) {
    return !isTheSame(filter, ofApplication) || inLibraries(filter, ofApplication) > 1;
  }

  private static boolean isTheSame(Class<?> filter, ClassLoader ofApplication) {
    try {
      return Class.forName(filter.getName(), false, ofApplication) == filter;
    } catch (ClassNotFoundException notOfApplication) {
      return false;
    }
  }

  // A copy among the container's libraries is harmless if the container prefers the application's.
  private static int inLibraries(Class<?> filter, ClassLoader ofApplication) {
    var file = filter.getName().replace('.', '/') + ".class";
    try {
      return Collections.list(ofApplication.getResources(file)).stream()
          .map(URL::toString)
          .filter(it -> it.contains("/WEB-INF/lib/"))
          .collect(Collectors.toSet())
          .size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
