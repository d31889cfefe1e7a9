package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit secret from which keys for single purposes are derived with HKDF-SHA-256 (RFC 5869),
 * and which computes HMAC-SHA-256. The string form hides the secret.
 */
public final class DerivedKey {
  private static final String HMAC = "HmacSHA256";
  static final int BYTES = 32;

  private final SecretKeySpec key;

  private DerivedKey(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** Extracts a key by HKDF-Extract (RFC 5869 section 2.2). */
  public static DerivedKey extract(byte[] salt, byte[] inputKeyingMaterial) {
    return new DerivedKey(hmac(new SecretKeySpec(salt, HMAC), inputKeyingMaterial));
  }

  /**
   * Derives the key for one purpose by HKDF-Expand (RFC 5869 section 2.3), with 32 bytes of output.
   */
  public DerivedKey forPurpose(String info) {
    return new DerivedKey(expand(info.getBytes(StandardCharsets.UTF_8), BYTES));
  }

  byte[] expand(byte[] info, int length) {
    var output = new byte[length];
    var block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += block.length, counter++) {
      var input = Arrays.copyOf(block, block.length + info.length + 1);
      System.arraycopy(info, 0, input, block.length, info.length);
      input[input.length - 1] = (byte) counter;
      block = hmac(key, input);
      System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
    }
    return output;
  }

  /** Returns the HMAC-SHA-256 of the message, 32 bytes. */
  public byte[] mac(byte[] message) {
    return hmac(key, message);
  }

  private static byte[] hmac(SecretKeySpec key, byte[] message) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "DerivedKey[hidden]";
  }
}
