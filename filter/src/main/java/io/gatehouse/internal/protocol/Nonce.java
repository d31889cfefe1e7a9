package io.gatehouse.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that only this log-in can know: its {@code state} or its {@code nonce}. Compared in
 * constant time and never printed.
 */
final class Nonce {
  private final String value;

  Nonce(String value) {
    this.value = value;
  }

  boolean matches(String other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** The value, to be sent. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "Nonce[hidden]";
  }
}
