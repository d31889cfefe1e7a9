package io.gatehouse.it.floods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The figures in docs/floods.md, a line between two markers for each measurement. A run with {@code
 * -Dfloods.update=true} writes the figures itself.
 */
final class Figures {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("floods.document", "../../docs/floods.md"));

  private Figures() {}

  /** Returns the directory of the documents. */
  static Path directory() {
    return Objects.requireNonNull(DOCUMENT.toAbsolutePath().normalize().getParent());
  }

  static boolean areWanted() {
    return Boolean.getBoolean("floods.update");
  }

  /** Describes the machine and software of the measurement. */
  static String machine() {
    return "%s, Java %s, %d cores (%s)"
        .formatted(
            FloodedServer.version(),
            System.getProperty("java.runtime.version"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"));
  }

  /**
   * Replaces the line with the same beginning, or adds a line after the last one.
   *
   * @param section the markers' name
   * @param start the beginning of the line
   */
  static void write(String section, String start, String line) {
    System.getLogger("io.gatehouse.it").log(System.Logger.Level.INFO, line);
    if (!areWanted()) {
      return;
    }
    try {
      var lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
      var begin = index(lines, "<!-- " + section + " -->");
      var end = index(lines, "<!-- end of " + section + " -->");
      var written = lines.subList(begin, end).stream().filter(it -> it.startsWith(start)).toList();
      if (written.isEmpty()) {
        lines.add(end, line);
      } else {
        lines.set(lines.indexOf(written.get(0)), line);
      }
      Files.write(DOCUMENT, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int index(List<String> lines, String marker) {
    var index = lines.indexOf(marker);
    if (index < 0) {
      throw new IllegalStateException(DOCUMENT + " has no " + marker);
    }
    return index;
  }
}
