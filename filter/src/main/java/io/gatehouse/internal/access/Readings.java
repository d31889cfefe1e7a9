package io.gatehouse.internal.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The readings of one request's path.
 *
 * @param whole the readings
 * @param suffixed those of them whose suffixes a router may ignore
 * @param otherNames other names of the page, for which less exact rules do not count
 * @param unmappedNames those with a suffix that is not mapped, for which no extension counts either
 */
record Readings(
    Set<String> whole, Set<String> suffixed, Set<String> otherNames, Set<String> unmappedNames) {
  static Readings of(Collection<String> names) {
    var readings = PathReadings.of(names);
    return new Readings(readings, readings, Set.of(), Set.of());
  }

  /** Returns the readings of one of the names. */
  Readings onlyOf(String name) {
    var own = PathReadings.of(List.of(name));
    return new Readings(own, suffixed.isEmpty() ? Set.of() : own, Set.of(), Set.of());
  }
}
