package io.gatehouse.internal.deployment;

import io.gatehouse.internal.config.Risk;
import io.gatehouse.internal.message.Warnings;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Detects entry points of a deployment outside its web context, whose requests no filter sees: web
 * services and remote interfaces of enterprise beans. Searches {@code WEB-INF/classes} if the
 * container supports enterprise beans, and logs a warning (docs/decisions/0029-slips.md).
 */
public final class BesideDoors {
  private static final Logger LOG = System.getLogger("io.gatehouse");
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final int MAX_CLASSES = 10_000;
  private static final int MAX_NAMED = 5;

  private BesideDoors() {}

  /** Warns of the entry points that the application has. */
  public static void warn(ServletContext context, Collection<DeployedFilter> filters) {
    var accepted =
        filters.stream()
            .allMatch(
                it -> it.configuration().application().acceptedRisks().contains(Risk.DOORS_BESIDE));
    if (accepted || !hasEnterpriseBeans(context.getClassLoader())) {
      return;
    }
    var found = find(context);
    if (!found.isEmpty()) {
      LOG.log(
          Logger.Level.WARNING,
          Warnings.BESIDE_DOORS.formatted(
              String.join(", ", found.subList(0, Math.min(found.size(), MAX_NAMED))),
              Risk.DOORS_BESIDE.wireName()));
    }
  }

  private static boolean hasEnterpriseBeans(ClassLoader ofApplication) {
    try {
      Class.forName("jakarta.ejb.Stateless", false, ofApplication);
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  private static List<String> find(ServletContext context) {
    var found = new ArrayList<String>();
    var directories = new ArrayDeque<>(List.of(CLASSES));
    var classes = 0;
    while (!directories.isEmpty() && classes < MAX_CLASSES) {
      for (var path : paths(context, directories.remove())) {
        if (path.endsWith("/")) {
          directories.add(path);
        } else if (path.endsWith(".class") && ++classes <= MAX_CLASSES && isDoor(context, path)) {
          found.add(
              path.substring(CLASSES.length(), path.length() - ".class".length())
                  .replace('/', '.'));
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  private static Collection<String> paths(ServletContext context, String directory) {
    return Objects.requireNonNullElse(context.getResourcePaths(directory), List.of());
  }

  // The constant pool of a class contains the names of its annotations (JVMS 4.7.16).
  private static boolean isDoor(ServletContext context, String path) {
    try (var file = context.getResourceAsStream(path)) {
      var constants =
          file == null ? "" : new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      var isBean =
          constants.contains("Ljakarta/ejb/Stateless;")
              || constants.contains("Ljakarta/ejb/Singleton;")
              || constants.contains("Ljakarta/ejb/Stateful;");
      return constants.contains("Ljakarta/ejb/Remote;")
          || (isBean && constants.contains("Ljakarta/jws/WebService;"));
    } catch (IOException unreadable) {
      return false;
    }
  }
}
