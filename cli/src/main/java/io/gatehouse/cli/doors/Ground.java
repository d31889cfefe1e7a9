package io.gatehouse.cli.doors;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plain requests with which the other doors are compared.
 *
 * @param absent a path that cannot exist
 * @param guarded the paths within the application that ask for a login, with {@code absent} if it
 *     does
 * @param guardsPage whether the application's first page asks for a login
 * @param keysPath the path of the application's keys
 * @param keys the text of the keys, if the application serves them
 */
record Ground(
    String absent,
    List<String> guarded,
    boolean guardsPage,
    String keysPath,
    Optional<String> keys) {
  Ground {
    guarded = List.copyOf(guarded);
  }

  /** Returns the guarded paths that the user has named. */
  List<String> named() {
    return guarded.stream().filter(it -> !it.equals(absent)).toList();
  }

  /** Returns the guarded paths, and the first page if it is guarded. */
  List<String> guardedWithPage() {
    var first = guardsPage ? Stream.of("/") : Stream.<String>empty();
    return Stream.concat(guarded.stream(), first).toList();
  }

  boolean guardsAbsent() {
    return guarded.contains(absent);
  }

  /** Returns the meaning of 404 for a request that differs from the plain one of this path. */
  Comparison.Absence absence(String path) {
    return path.equals(absent) ? Comparison.Absence.PASSED : Comparison.Absence.HELD;
  }
}
