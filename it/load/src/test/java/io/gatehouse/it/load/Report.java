package io.gatehouse.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures in docs/performance.md, between two markers for each measurement. A run with {@code
 * -Dload.update=true} writes the figures itself.
 */
final class Report {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("load.document", "../../docs/performance.md"));

  private Report() {}

  static boolean isWanted() {
    return Boolean.getBoolean("load.update");
  }

  /** Returns a file next to the document. */
  static Path beside(String name) {
    return DOCUMENT.toAbsolutePath().normalize().resolveSibling(name);
  }

  /**
   * Logs the measurement, and replaces the text between its markers.
   *
   * @param section the markers' name
   */
  static void write(String section, List<String> written) {
    System.getLogger("io.gatehouse.it")
        .log(System.Logger.Level.INFO, section + "\n" + String.join("\n", written));
    if (!isWanted()) {
      return;
    }
    try {
      var lines = Files.readAllLines(DOCUMENT);
      var begin = lines.indexOf("<!-- " + section + " -->");
      var end = lines.indexOf("<!-- end of " + section + " -->");
      if (begin < 0 || end < begin) {
        throw new IllegalStateException(DOCUMENT + " has no markers of " + section);
      }
      var all = new ArrayList<>(lines.subList(0, begin + 1));
      all.addAll(written);
      all.addAll(lines.subList(end, lines.size()));
      Files.write(DOCUMENT, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
