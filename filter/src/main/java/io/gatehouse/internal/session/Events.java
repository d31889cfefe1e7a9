package io.gatehouse.internal.session;

import io.gatehouse.internal.observability.OptionalApis;

/** Tells the application what happens to its sessions; CDI where there is one, or nobody. */
public interface Events {
  /** Nobody listens. */
  Events NONE = event -> {};

  /**
   * CDI's events if its API is on the class path, and else nobody's.
   *
   * @param application the application's class loader
   */
  static Events of(ClassLoader application) {
    return OptionalApis.haveCdi() ? new CdiEvents(application) : NONE;
  }

  /** Tells it. What an observer throws is logged and goes no further. */
  void fire(Record event);
}
