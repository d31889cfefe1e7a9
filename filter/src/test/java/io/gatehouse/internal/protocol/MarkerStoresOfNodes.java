package io.gatehouse.internal.protocol;

import java.time.Duration;
import java.util.Optional;

/** A MarkerStore whose markers other nodes find too; a test may let writes fail. */
final class MarkerStoresOfNodes implements MarkerStore {
  private final MarkerStore markers;
  private boolean failing;
  private int raised;
  private int failingAfter = -1;

  MarkerStoresOfNodes(MarkerStore markers) {
    this.markers = markers;
  }

  void fail() {
    failing = true;
  }

  /** Lets one write fail once this node has the marker: that after so many others. */
  void failAfterRaising(int others) {
    failingAfter = others;
  }

  @Override
  public boolean reachOtherNodes() {
    return true;
  }

  @Override
  public long raised() {
    return -1;
  }

  @Override
  public long changes() {
    return markers.changes();
  }

  @Override
  public Optional<Long> find(String name) {
    return markers.find(name);
  }

  @Override
  public void raise(String name, long value, Duration kept) {
    markers.raise(name, value, kept);
    if (raised++ == failingAfter) {
      throw new IllegalStateException("canary");
    }
  }

  @Override
  public boolean putIfAbsent(String name, long value, Duration kept) {
    if (failing) {
      throw new IllegalStateException("canary");
    }
    return markers.putIfAbsent(name, value, kept);
  }
}
