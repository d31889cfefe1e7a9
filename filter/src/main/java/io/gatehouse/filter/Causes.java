package io.gatehouse.filter;

import java.util.Optional;

/** What an exception was caused by. */
final class Causes {
  // A chain may go round in a circle; none that means anything is this long.
  private static final int MOST = 20;

  private Causes() {}

  /** The first of a type: the exception itself, its cause, the cause of that, and so on. */
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
