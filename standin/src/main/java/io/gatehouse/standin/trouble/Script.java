package io.gatehouse.standin.trouble;

import org.jspecify.annotations.Nullable;

/** The fault that a test asked for, and the number of calls that it still affects. */
public final class Script<T> {

  private final T none;
  private T next;
  private int left;

  public Script(T none) {
    this.none = none;
    this.next = none;
  }

  /**
   * Sets the fault of the next calls.
   *
   * @param times the number of calls; if absent, until another fault is set
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

  /** Returns the fault of this call, and counts the call. */
  public synchronized T take() {
    var taken = next;
    if (left != Integer.MAX_VALUE && --left == 0) {
      next = none;
    }
    return taken;
  }
}
