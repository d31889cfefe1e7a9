package io.gatehouse.it.load;

import java.time.Duration;

/**
 * The work of a server in one round.
 *
 * @param took the duration of the round
 * @param processorTime the server's processor time
 */
record Rate(Latencies latencies, Duration took, Duration processorTime) {
  double perSecond() {
    return latencies.count() * 1e9 / took.toNanos();
  }

  /** Returns the processor time of one request, in microseconds. */
  double micros() {
    return processorTime.toNanos() / 1e3 / latencies.count();
  }

  /** Returns the server's share of one core, in percent. */
  double busy() {
    return 100.0 * processorTime.toNanos() / took.toNanos();
  }
}
