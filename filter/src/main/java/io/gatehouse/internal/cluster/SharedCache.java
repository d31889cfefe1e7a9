package io.gatehouse.internal.cluster;

import java.util.Optional;

/**
 * Texts that the nodes of a cluster share, by name. Every operation is atomic on all nodes, and
 * throws an unchecked exception while the cache fails.
 */
public interface SharedCache {
  Optional<String> find(String name);

  void put(String name, String text);

  /** Says whether there was none. */
  boolean putIfAbsent(String name, String text);

  /** Says whether it was the known one. */
  boolean replace(String name, String known, String text);
}
