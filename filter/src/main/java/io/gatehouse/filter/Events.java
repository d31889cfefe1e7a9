package io.gatehouse.filter;

/** Tells the application what happens to its sessions; CDI where there is one, or nobody. */
interface Events {
  /** Nobody listens. */
  Events NONE = event -> {};

  /**
   * CDI's events if its API is on the class path, and else nobody's.
   *
   * @param application the application's class loader
   */
  static Events of(ClassLoader application) {
    return areCdis() ? new CdiEvents(application) : NONE;
  }

  /** Whether CDI's API is on the class path. */
  static boolean areCdis() {
    try {
      Class.forName("jakarta.enterprise.inject.spi.CDI", false, Events.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException withoutCdi) {
      return false;
    }
  }

  /** Tells it. What an observer throws is logged and goes no further. */
  void fire(Record event);
}
