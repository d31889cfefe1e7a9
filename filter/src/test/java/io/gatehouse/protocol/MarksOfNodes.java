package io.gatehouse.protocol;

import java.time.Duration;
import java.util.Optional;

/** Marks that other nodes find too; a test may let writing them fail. */
final class MarksOfNodes implements Marks {
  private final Marks marks;
  private boolean failing;

  MarksOfNodes(Marks marks) {
    this.marks = marks;
  }

  void fail() {
    failing = true;
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
  public Optional<Long> find(String name) {
    return marks.find(name);
  }

  @Override
  public void raise(String name, long value, Duration kept) {
    marks.raise(name, value, kept);
  }

  @Override
  public boolean putIfAbsent(String name, long value, Duration kept) {
    if (failing) {
      throw new IllegalStateException("canary");
    }
    return marks.putIfAbsent(name, value, kept);
  }
}
