package io.gatehouse.internal.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The pause after the authorization server has refused the client. The refusal concerns all
 * sessions of the client, so they share one pause, which doubles with each refusal up to a limit. A
 * client with a changed key or secret is another client, and is tried at once.
 */
public final class RefusedClient {
  static final Duration FIRST = Duration.ofSeconds(10);
  static final Duration LONGEST = Duration.ofMinutes(5);

  private final Clock clock;
  private Object client = new Object();
  private Duration length = Duration.ZERO;
  private Instant until = Instant.EPOCH;

  public RefusedClient(Clock clock) {
    this.clock = clock;
  }

  /** Returns the time until which this client is not tried; empty if it may be tried now. */
  public synchronized Optional<Instant> pausedUntil(Object candidate) {
    return client.equals(candidate) && isPausing() ? Optional.of(until) : Optional.empty();
  }

  // A pause that is longer than the longest was set before the clock was put right.
  private boolean isPausing() {
    var rest = Duration.between(clock.instant(), until);
    return rest.compareTo(Duration.ZERO) > 0 && rest.compareTo(LONGEST) <= 0;
  }

  /** Records a refusal of this client, and returns the time until which it is not tried. */
  public synchronized Instant refused(Object candidate) {
    if (!client.equals(candidate)) {
      forget();
      client = candidate;
    }
    if (!isPausing()) { // otherwise this call began before the pause
      length = length.isZero() ? FIRST : twice(length);
      until = clock.instant().plus(length);
    }
    return until;
  }

  private static Duration twice(Duration length) {
    var doubled = length.multipliedBy(2);
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  /** Records that the authorization server knows this client. */
  public synchronized void accepted(Object candidate) {
    if (client.equals(candidate)) {
      forget();
    }
  }

  private void forget() {
    client = new Object();
    length = Duration.ZERO;
    until = Instant.EPOCH;
  }
}
