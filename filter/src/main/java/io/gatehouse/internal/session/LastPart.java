package io.gatehouse.internal.session;

import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The end of a container's session with its last part, decided in one step against the beginning of
 * another part. Without a lock: containers and applications run listeners within both.
 */
final class LastPart {
  private static final Object ENDS = new Object();

  // By session: who looks for the last part, or ENDS.
  private static final Map<String, Object> LOOKS = new ConcurrentHashMap<>();

  private LastPart() {}

  /**
   * Invalidates the session unless it has a part, or a part begins meanwhile.
   *
   * @param hasNone returns whether the session has no part
   * @throws IllegalStateException if the session has been invalidated meanwhile
   */
  static void endSessionIf(BooleanSupplier hasNone, HttpSession container) {
    var session = name(container);
    var look = new Object();
    // Of several looks at once the last one counts: its part was the last to end.
    if (LOOKS.compute(session, (key, other) -> other == ENDS ? ENDS : look) == ENDS) {
      return;
    }
    var ends = false;
    try {
      ends = hasNone.getAsBoolean() && LOOKS.replace(session, look, ENDS);
      if (ends) {
        container.invalidate();
      }
    } finally {
      LOOKS.remove(session, ends ? ENDS : look);
    }
  }

  /**
   * Prevents the end of the session by a look that may have missed a part that has just begun.
   *
   * @throws IllegalStateException if the session ends already; it is invalidated then
   */
  static void hasBegunIn(HttpSession container) {
    if (LOOKS.computeIfPresent(name(container), (key, look) -> look == ENDS ? ENDS : null)
        == ENDS) {
      container.invalidate(); // or the container would return it once more
      throw new IllegalStateException("the session ends");
    }
  }

  /**
   * Returns a name of the container's session. A container may give the id of an ended session to
   * the next one.
   */
  static String name(HttpSession container) {
    return container.getId() + "/" + container.getCreationTime();
  }
}
