package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.Sha256;
import java.util.Arrays;
import java.util.Base64;

/** A short hash of several texts, equal only if all texts are equal. */
public final class Fingerprint {
  private static final int BYTES = 16;

  private Fingerprint() {}

  public static String of(String... parts) {
    var whole = new StringBuilder();
    for (var part : parts) {
      whole.append(part.length()).append(':').append(part);
    }
    var hash = Sha256.of(whole.toString());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
  }
}
