package io.gatehouse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables in docs/performance.md, each between two markers. A run with {@code
 * -Dbench.update=true} writes the tables itself.
 */
final class Document {
  private Document() {}

  static void write(String section, List<String> lines) throws IOException {
    System.out.println(section);
    lines.forEach(System.out::println);
    if (!Boolean.getBoolean("bench.update")) {
      return;
    }
    var document = Path.of(System.getProperty("bench.document", "docs/performance.md"));
    var all = new ArrayList<>(Files.readAllLines(document));
    var begin = index(all, "<!-- " + section + " -->");
    var end = index(all, "<!-- end of " + section + " -->");
    var rows = all.subList(begin + 3, end); // after the marker and the table header
    rows.clear();
    rows.addAll(lines);
    Files.write(document, all);
  }

  private static int index(List<String> lines, String marker) {
    var index = lines.indexOf(marker);
    if (index < 0) {
      throw new IllegalStateException("the document has no " + marker);
    }
    return index;
  }
}
