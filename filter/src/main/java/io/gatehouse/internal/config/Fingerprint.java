package io.gatehouse.internal.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A short text that stands for several: equal only if all of them are. */
public final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  public static String of(String... parts) {
    var whole = new StringBuilder();
    for (var part : parts) {
      whole.append(part.length()).append(':').append(part);
    }
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(whole.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
