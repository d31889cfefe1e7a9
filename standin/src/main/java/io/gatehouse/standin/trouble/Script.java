package io.gatehouse.standin.trouble;

import org.jspecify.annotations.Nullable;

/** Trouble that a test asked for, and how often it is still to come. */
public final class Script<T> {

  private final T none;
  private T next;
  private int left;

  public Script(T none) {
    this.none = none;
    this.next = none;
  }

  /**
   * Sets the trouble to come.
   *
   * @param times absent: until something else is asked for
   */
  public synchronized void play(T trouble, @Nullable Integer times) {
    if (times != null && times < 1) {
      throw new IllegalArgumentException("times must be at least 1");
    }
    next = trouble;
    left = times == null ? Integer.MAX_VALUE : times;
  }

  public synchronized void reset() {
    next = none;
  }

  /** Returns the trouble for this call, which counts as one of the times. */
  public synchronized T take() {
    var taken = next;
    if (left != Integer.MAX_VALUE && --left == 0) {
      next = none;
    }
    return taken;
  }
}
