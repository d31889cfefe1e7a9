package io.gatehouse.internal.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value known only within one login: its {@code state} or its {@code nonce}. Values are compared
 * in constant time, and the string form hides the value.
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

  /** Returns the value, for sending. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "Nonce[hidden]";
  }
}
