package io.gatehouse.internal.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache that nodes in one process share, and that can fail. */
public final class FakeSharedCache implements SharedCache {
  final Map<String, String> texts = new ConcurrentHashMap<>();
  public final AtomicInteger reads = new AtomicInteger();
  public volatile boolean failing;

  private Map<String, String> working() {
    if (failing) {
      throw new IllegalStateException("canary: the cluster is gone");
    }
    return texts;
  }

  @Override
  public Optional<String> find(String name) {
    reads.incrementAndGet();
    return Optional.ofNullable(working().get(name));
  }

  @Override
  public void put(String name, String text) {
    working().put(name, text);
  }

  @Override
  public boolean putIfAbsent(String name, String text) {
    return working().putIfAbsent(name, text) == null;
  }

  @Override
  public boolean replace(String name, String known, String text) {
    return working().replace(name, known, text);
  }
}
