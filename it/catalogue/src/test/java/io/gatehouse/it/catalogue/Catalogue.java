package io.gatehouse.it.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page docs/security-cases.md, whose last column is written from the tests. */
final class Catalogue {
  private static final Pattern ROW =
      Pattern.compile("\\| ([0-9]+) \\| (.+) \\| ([^|]+) \\| ?([^|]*)\\|");

  private final List<String> lines;

  private Catalogue(List<String> lines) {
    this.lines = lines;
  }

  static Catalogue read(Path document) {
    try {
      return new Catalogue(Files.readAllLines(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Matcher> rows() {
    return lines.stream().map(ROW::matcher).filter(Matcher::matches).toList();
  }

  /** Returns the numbers of its cases, in the order of their rows. */
  List<String> cases() {
    return rows().stream().map(it -> it.group(1)).toList();
  }

  /** Returns the places where each case has to be covered. */
  Map<String, String> places() {
    return rows().stream().collect(Collectors.toMap(it -> it.group(1), it -> it.group(3).strip()));
  }

  /** Returns the catalogue in which each case names the classes that cover it. */
  List<String> shownBy(List<CaseTest> tests) {
    var updated = new ArrayList<String>();
    for (var line : lines) {
      var row = ROW.matcher(line);
      updated.add(
          row.matches()
              ? "| %s | %s | %s | %s |"
                  .formatted(
                      row.group(1),
                      row.group(2),
                      row.group(3).strip(),
                      classes(row.group(1), tests))
              : line);
    }
    return updated;
  }

  List<String> lines() {
    return lines;
  }

  private static String classes(String number, List<CaseTest> tests) {
    return tests.stream()
        .filter(it -> it.cases().contains(number))
        .map(it -> "`" + it.outerClass() + "`")
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
