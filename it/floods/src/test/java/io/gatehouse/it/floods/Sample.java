package io.gatehouse.it.floods;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The resources of a server at one moment.
 *
 * @param minute since the beginning
 */
record Sample(double minute, long heapKiB, long sessions, long threads, long openFiles) {
  static Sample of(double minute, FloodedServer server) {
    var heap = server.heap();
    return new Sample(
        minute, heap.usedKiB(), heap.sessions(), server.threads(), server.openFiles());
  }

  /**
   * Returns the average growth from the first third to the last; the first sixth, before the server
   * is warm, does not count.
   */
  static double growth(List<Sample> samples, ToLongFunction<Sample> quantity) {
    var warm = samples.subList(samples.size() / 6, samples.size());
    var third = warm.size() / 3;
    return average(warm.subList(warm.size() - third, warm.size()), quantity)
        - average(warm.subList(0, third), quantity);
  }

  private static double average(List<Sample> samples, ToLongFunction<Sample> quantity) {
    return samples.stream().mapToLong(quantity).average().orElseThrow();
  }
}
