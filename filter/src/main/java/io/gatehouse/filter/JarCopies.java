package io.gatehouse.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.stream.Collectors;

/** The copies of gatehouse-filter in an application, whose classes may be of different versions. */
final class JarCopies {
  private JarCopies() {}

  /**
   * Checks that the filter will be of the same copy as this class, and that the application has no
   * other.
   *
   * @throws StartFaultException if there are two
   */
  static void requireOne(ClassLoader ofApplication) {
    if (!isTheSame(ofApplication) || inLibraries(ofApplication) > 1) {
      throw StartFaultException.secondCopy();
    }
  }

  private static boolean isTheSame(ClassLoader ofApplication) {
    try {
      return Class.forName(GatehouseFilter.class.getName(), false, ofApplication)
          == GatehouseFilter.class;
    } catch (ClassNotFoundException notOfApplication) {
      return false;
    }
  }

  // A copy among the libraries of a server that prefers the application's is no harm.
  private static int inLibraries(ClassLoader ofApplication) {
    var file = GatehouseFilter.class.getName().replace('.', '/') + ".class";
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
