package io.gatehouse.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The tables of docs/strangers.md. */
final class StrangersPage {
  static final String WARNINGS = "Log lines at WARNING or above";
  static final String OTHER_WARNINGS = "Log lines that need a user or an operator";
  static final String METRICS = "Metrics";
  static final String CALLS = "Calls to the authorization server";
  static final String MEMORY = "Signatures and memory";

  private static final Path PAGE = Path.of("..", "docs", "strangers.md");
  private static final Pattern ROW = Pattern.compile("\\| (?!---)(.+) \\|");

  private StrangersPage() {}

  static String text() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rows below a heading, by their first cell. */
  static Map<String, List<String>> table(String heading) {
    var rows = new LinkedHashMap<String, List<String>>();
    text()
        .replaceFirst("(?s)^.*\n## " + heading + "\n", "")
        .replaceFirst("(?s)\n## .*$", "")
        .lines()
        .map(ROW::matcher)
        .filter(it -> it.matches())
        .map(it -> Arrays.stream(it.group(1).split("\\|", -1)).map(String::strip).toList())
        .skip(1) // its head
        .forEach(
            cells -> {
              if (rows.put(cells.get(0).replace("`", ""), cells) != null) {
                throw new AssertionError("twice: " + cells);
              }
            });
    return rows;
  }
}
