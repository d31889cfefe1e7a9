package io.gatehouse.internal.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.stream.Collectors;

/** The copies of gatehouse-filter in an application, whose classes may be of different versions. */
public final class JarCopies {
  private JarCopies() {}

  /**
   * Returns whether an application will load another copy of a class, or has a second one.
   *
   * @param filter as our own copy has it
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

  // A copy among the libraries of a server that prefers the application's is no harm.
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
