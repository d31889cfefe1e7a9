package io.gatehouse.filter;

import java.util.Optional;

/** Searches the causes of an exception. */
final class Causes {
  // A chain of causes may be circular; no meaningful chain is this long.
  private static final int MOST = 20;

  private Causes() {}

  /**
   * Returns the first exception of a type: the exception itself, its cause, the cause of its cause,
   * and so on.
   */
  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    var it = thrown;
    for (var i = 0; i < MOST && it != null; i++) {
      if (type.isInstance(it)) {
        return Optional.of(type.cast(it));
      }
      it = it.getCause();
    }
    return Optional.empty();
  }
}
