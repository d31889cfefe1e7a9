package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Begins log-ins and takes them up again: under the current key, and, for those that began before a
 * key was changed, or on another node while it is, under the previous and the next one.
 */
public final class LoginKeyRing {
  private volatile List<LoginKeys> keys;
  private final SecureRandom random;
  private final Clock clock;
  private final Duration loginTimeout;
  private final Duration clockSkew;

  /**
   * @param keys the current keys first
   * @param loginTimeout how long a log-in may take
   * @param clockSkew how far the clocks of two nodes may be apart
   */
  public LoginKeyRing(
      List<LoginKeys> keys,
      SecureRandom random,
      Clock clock,
      Duration loginTimeout,
      Duration clockSkew) {
    this.keys = atLeastOne(keys);
    this.random = random;
    this.clock = clock;
    this.loginTimeout = loginTimeout;
    this.clockSkew = clockSkew;
  }

  private static List<LoginKeys> atLeastOne(List<LoginKeys> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("at least the current keys");
    }
    return List.copyOf(keys);
  }

  /**
   * Puts other keys in force. A log-in under a key that is not among them is not known any more.
   *
   * @param changed the current keys first
   */
  public void change(List<LoginKeys> changed) {
    keys = atLeastOne(changed);
  }

  /** As which client a log-in begins now. */
  public Client client() {
    return keys.get(0).client;
  }

  /** As which clients log-ins and sessions that live may have begun, the current one first. */
  public List<Client> clients() {
    return keys.stream().map(it -> it.client).toList();
  }

  /** A log-in with what was sealed with it. */
  public record Opened(PendingLogin login, String detail, boolean expired) {}

  public PendingLogin begin() {
    return new PendingLogin(LoginId.random(random, clock.instant()), keys.get(0));
  }

  /** How long a log-in may take. */
  public Duration loginTimeout() {
    return loginTimeout;
  }

  /** The log-in of a request handle, if it is genuine and lives. */
  public Optional<Opened> openHandle(String handle, String place) {
    return open(handle, place, it -> it.handleSeal).filter(it -> !it.expired());
  }

  /** The log-in of a cookie, if it is genuine; it may have expired. */
  public Optional<Opened> openCookie(String value, String place) {
    return open(value, place, it -> it.cookieSeal);
  }

  private Optional<Opened> open(String text, String place, Function<LoginKeys, Seal> seal) {
    for (var candidate : keys) {
      var content = seal.apply(candidate).open(text, place);
      if (content.isPresent()) {
        return opened(ByteBuffer.wrap(content.get()), candidate);
      }
    }
    return Optional.empty();
  }

  private Optional<Opened> opened(ByteBuffer content, LoginKeys openedBy) {
    var login = new PendingLogin(LoginId.read(content), openedBy);
    var now = clock.instant();
    if (login.begun().isAfter(now.plus(clockSkew))) {
      return Optional.empty(); // from the future: no node of ours has such a clock
    }
    if (login.begun().isAfter(openedBy.lastBegin)) {
      return Optional.empty(); // under a secret that is out of use
    }
    var detail = StandardCharsets.UTF_8.decode(content).toString();
    return Optional.of(new Opened(login, detail, !now.isBefore(end(login))));
  }

  /**
   * Seals what one node has to tell the others.
   *
   * @param place where it is kept; it opens with exactly this place only
   */
  public String sealForNodes(byte[] content, String place) {
    return keys.get(0).nodesSeal.close(content, place);
  }

  /** What another node of this configuration has sealed, or empty for anything else. */
  public Optional<byte[]> openFromNodes(String text, String place) {
    return keys.stream().flatMap(it -> it.nodesSeal.open(text, place).stream()).findFirst();
  }

  /** When a log-in may no longer be completed. */
  Instant end(PendingLogin login) {
    return login.begun().plus(loginTimeout);
  }
}
