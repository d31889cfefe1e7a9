package io.gatehouse.internal.session;

import io.gatehouse.internal.observability.OptionalApis;

/** Informs the application of the events of its sessions, by CDI if present. */
public interface Events {
  /** The events without observers. */
  Events NONE = event -> {};

  /**
   * Returns CDI events if the CDI API is on the class path, otherwise {@link #NONE}.
   *
   * @param application the application's class loader
   */
  static Events of(ClassLoader application) {
    return OptionalApis.haveCdi() ? new CdiEvents(application) : NONE;
  }

  /** Fires an event. An exception of an observer is logged and goes no further. */
  void fire(Record event);
}
