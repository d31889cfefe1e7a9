package io.gatehouse.internal.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * Small notes that every request may look up, kept for a while: in this process, or in a cache that
 * the nodes of a cluster share. Names are hashes, so a store learns nothing of a user. A store that
 * cannot be reached throws an unchecked exception that the edge answers with 503.
 */
public interface MarkerStore {
  /** Whether other nodes find them too. */
  boolean reachOtherNodes();

  /**
   * A number that is another one after each mark that was raised, so that who has not found one
   * need not look for it again while this is the same; negative where other nodes raise markers
   * too, which no number of ours can tell.
   */
  long raised();

  /** The value of a mark that was raised; empty if there is none, or its time is over. */
  Optional<Long> find(String name);

  /** Sets a mark, or raises its value: a lower one changes nothing, in whatever order they come. */
  void raise(String name, long value, Duration kept);

  /** Sets a mark that comes once, and is not to be found; says whether it was not there. */
  boolean putIfAbsent(String name, long value, Duration kept);
}
