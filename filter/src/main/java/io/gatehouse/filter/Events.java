package io.gatehouse.filter;

/** Tells the application what happens to its sessions; CDI where there is one, or nobody. */
interface Events {
  /** Nobody listens. */
  Events NONE = event -> {};

  /** Tells it. What an observer throws is logged and goes no further. */
  void fire(Record event);
}
