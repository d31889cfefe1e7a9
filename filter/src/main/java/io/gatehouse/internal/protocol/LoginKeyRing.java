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
 * Begins logins and resumes them, under the current key. Logins that began before a key rotation,
 * or on another node during a rotation, are resumed under the previous and the next key.
 */
public final class LoginKeyRing {
  private volatile List<LoginKeys> keys;
  private final SecureRandom random;
  private final Clock clock;
  private final Duration loginTimeout;
  private final Duration clockSkew;

  /**
   * Creates the key ring.
   *
   * @param keys the keys, the current ones first
   * @param loginTimeout the maximum duration of a login
   * @param clockSkew the tolerated difference between the clocks of two nodes
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
   * Replaces the keys. A login under a removed key becomes unknown.
   *
   * @param changed the new keys, the current ones first
   */
  public void change(List<LoginKeys> changed) {
    keys = atLeastOne(changed);
  }

  /** Returns the client under which a new login begins. */
  public Client client() {
    return keys.get(0).client;
  }

  /**
   * Returns the clients under which pending logins and live sessions may have begun, the current
   * one first.
   */
  public List<Client> clients() {
    return keys.stream().map(it -> it.client).toList();
  }

  /** A login and the detail that was sealed with it. */
  public record Opened(PendingLogin login, String detail, boolean expired) {
    /** Hides the detail, which may be an address with a secret in its query. */
    @Override
    public String toString() {
      return "Opened[" + login + "]";
    }
  }

  public PendingLogin begin() {
    return new PendingLogin(LoginId.random(random, clock.instant()), keys.get(0));
  }

  /** Returns the maximum duration of a login. */
  public Duration loginTimeout() {
    return loginTimeout;
  }

  /** Returns the latest time at which a login can have begun, by the clock of any node. */
  public Instant latestBegin() {
    return clock.instant().plus(clockSkew);
  }

  /** Returns the login of a request handle, if the handle is genuine and has not expired. */
  public Optional<Opened> openHandle(String handle, String place) {
    return open(handle, place, it -> it.handleSeal).filter(it -> !it.expired());
  }

  /** Returns the login of a cookie, if the cookie is genuine; the login may have expired. */
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
    if (login.begun().isAfter(latestBegin())) {
      return Optional.empty(); // in the future: no node has such a clock
    }
    if (login.begun().isAfter(openedBy.lastBegin)) {
      return Optional.empty(); // under a retired secret
    }
    var detail = StandardCharsets.UTF_8.decode(content).toString();
    return Optional.of(new Opened(login, detail, !now.isBefore(end(login))));
  }

  /**
   * Seals a message from one node to the others.
   *
   * @param place the place where the message is kept; it opens only with the same place
   */
  public String sealForNodes(byte[] content, String place) {
    return keys.get(0).nodesSeal.close(content, place);
  }

  /**
   * Returns the message that another node of this configuration has sealed; empty for any other
   * text.
   */
  public Optional<byte[]> openFromNodes(String text, String place) {
    return keys.stream().flatMap(it -> it.nodesSeal.open(text, place).stream()).findFirst();
  }

  /** Returns the time from which a login can no longer be completed. */
  Instant end(PendingLogin login) {
    return login.begun().plus(loginTimeout);
  }
}
