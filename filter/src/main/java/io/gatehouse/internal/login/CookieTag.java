package io.gatehouse.internal.login;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A tag that distinguishes the cookies of two applications on one host. The tag is not secret, and
 * no security depends on it.
 */
final class CookieTag {
  private CookieTag() {}

  static String of(String application, String publicUrl) {
    var checksum = new CRC32();
    checksum.update((application + publicUrl).getBytes(StandardCharsets.UTF_8));
    return Long.toString(checksum.getValue(), Character.MAX_RADIX);
  }
}
