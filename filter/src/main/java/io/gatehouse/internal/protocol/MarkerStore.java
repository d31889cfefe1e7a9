package io.gatehouse.internal.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * A store of small markers that every request may look up, kept for a limited time: in this
 * process, or in a cache that the nodes of a cluster share. Names are hashes, so a store learns
 * nothing about a user. An unreachable store throws an unchecked exception, which the edge answers
 * with 503.
 */
public interface MarkerStore {
  /** Returns whether other nodes find the markers too. */
  boolean reachOtherNodes();

  /**
   * Returns a number that changes after each raised marker. A caller that has not found a marker
   * need not look again while the number is unchanged. The number is negative if other nodes raise
   * markers too, since a local number cannot show that.
   */
  long raised();

  /** Returns a number that is different soon after any node has raised a marker. */
  long changes();

  /** Returns the value of a raised marker; empty if the marker is absent or has expired. */
  Optional<Long> find(String name);

  /** Sets a marker, or raises its value; a lower value changes nothing, regardless of order. */
  void raise(String name, long value, Duration kept);

  /**
   * Sets a one-time marker, which {@link #find} need not return, and returns whether the marker was
   * absent.
   */
  boolean putIfAbsent(String name, long value, Duration kept);
}
