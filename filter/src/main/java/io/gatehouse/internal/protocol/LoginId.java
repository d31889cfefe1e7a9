package io.gatehouse.internal.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The identity of a login before its end: 128 random bits and the second in which the login began.
 * All parameters of the login are derived from this identity under the configured keys, so no node
 * stores anything for a login. The string form hides the bits.
 */
record LoginId(long high, long low, long begunSecond) {
  static final int BYTES = 3 * Long.BYTES;

  static LoginId random(SecureRandom random, Instant now) {
    var bits = new byte[2 * Long.BYTES];
    random.nextBytes(bits);
    var buffer = ByteBuffer.wrap(bits);
    return new LoginId(buffer.getLong(), buffer.getLong(), now.getEpochSecond());
  }

  /** Reads the output of {@link #bytes}, after unsealing. */
  static LoginId read(ByteBuffer from) {
    return new LoginId(from.getLong(), from.getLong(), from.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).putLong(begunSecond).array();
  }

  /**
   * Returns the second in which the login began.
   *
   * @throws DateTimeException never for an id of Gatehouse's own making
   */
  Instant begun() {
    return Instant.ofEpochSecond(begunSecond);
  }

  @Override
  public String toString() {
    return "LoginId[hidden]";
  }
}
