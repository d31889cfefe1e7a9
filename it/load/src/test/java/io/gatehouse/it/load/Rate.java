package io.gatehouse.it.load;

import java.time.Duration;

/**
 * What a server did in one round.
 *
 * @param took how long the round went on
 * @param processorTime that the server had
 */
record Rate(Latencies latencies, Duration took, Duration processorTime) {
  double perSecond() {
    return latencies.count() * 1e9 / took.toNanos();
  }

  /** Of the processor, for one request. */
  double micros() {
    return processorTime.toNanos() / 1e3 / latencies.count();
  }

  /** How much of one core the server had, in percent. */
  double busy() {
    return 100.0 * processorTime.toNanos() / took.toNanos();
  }
}
