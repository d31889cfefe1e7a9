package io.gatehouse.internal.cluster;

import java.util.Optional;

/**
 * A map of texts that the nodes of a cluster share. Every operation is atomic on all nodes, and
 * throws an unchecked exception while the cache fails.
 */
public interface SharedCache {
  Optional<String> find(String name);

  void put(String name, String text);

  /** Stores a text unless the name has one, and returns whether it was stored. */
  boolean putIfAbsent(String name, String text);

  /** Replaces a text if it equals the known one, and returns whether it was replaced. */
  boolean replace(String name, String known, String text);
}
