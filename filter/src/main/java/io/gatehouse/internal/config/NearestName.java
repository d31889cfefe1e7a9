package io.gatehouse.internal.config;

import java.util.Arrays;
import java.util.Comparator;

/** Finds the property whose name is closest to a misspelt name. */
final class NearestName {
  private NearestName() {}

  static Property to(String wrong) {
    return Arrays.stream(Property.values())
        .min(Comparator.comparingInt(it -> distance(wrong, it.shortName())))
        .orElseThrow();
  }

  /** Returns the Levenshtein distance, computed one row at a time. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      var diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        var substituted = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(substituted, Math.min(row[column], row[column - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
