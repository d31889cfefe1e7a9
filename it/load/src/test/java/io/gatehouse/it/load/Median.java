package io.gatehouse.it.load;

import java.util.List;
import java.util.Locale;

/** The median of some numbers, with the smallest and the largest. */
record Median(double middle, double smallest, double largest) {
  static Median of(List<Double> numbers) {
    var sorted = numbers.stream().sorted().toList();
    var size = sorted.size();
    var middle = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Median(middle, sorted.get(0), sorted.get(size - 1));
  }

  /** Returns all three, in this format of one number. */
  String said(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", middle, smallest, largest);
  }
}
