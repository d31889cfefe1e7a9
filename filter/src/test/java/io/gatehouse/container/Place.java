package io.gatehouse.container;

/** A container, or the doubles that stand in for one. */
interface Place {
  String name();

  /**
   * Runs a rule's trial inside a servlet, and returns what the client got.
   *
   * @throws AssertionError if the trial failed
   */
  SentResponse exchange(ServletRule rule) throws Exception;

  void stop();
}
