package io.gatehouse.internal.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a log-in is before it has an end: 128 random bits and the second in which it began. All its
 * parameters follow from this under the keys of the configuration, so no server keeps anything for
 * it. Never printed.
 */
record LoginId(long high, long low, long begunSecond) {
  static final int BYTES = 3 * Long.BYTES;

  static LoginId random(SecureRandom random, Instant now) {
    var bits = new byte[2 * Long.BYTES];
    random.nextBytes(bits);
    var buffer = ByteBuffer.wrap(bits);
    return new LoginId(buffer.getLong(), buffer.getLong(), now.getEpochSecond());
  }

  /** Reads what {@link #bytes} wrote, after it was unsealed. */
  static LoginId read(ByteBuffer from) {
    return new LoginId(from.getLong(), from.getLong(), from.getLong());
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).putLong(begunSecond).array();
  }

  /**
   * @throws DateTimeException never for an id of our own making
   */
  Instant begun() {
    return Instant.ofEpochSecond(begunSecond);
  }

  @Override
  public String toString() {
    return "LoginId[hidden]";
  }
}
