package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.ClientSecret;
import io.gatehouse.internal.jose.SigningKey;

/**
 * The bytes of a private key or secret, from which other keys are derived. The string form hides
 * the bytes.
 */
public final class KeyingMaterial {
  private final byte[] bytes;

  private KeyingMaterial(byte[] bytes) {
    this.bytes = bytes;
  }

  static KeyingMaterial of(SigningKey key) {
    return new KeyingMaterial(key.keyingMaterial());
  }

  static KeyingMaterial of(ClientSecret secret) {
    return new KeyingMaterial(secret.keyingMaterial());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "KeyingMaterial[hidden]";
  }
}
