package io.gatehouse.cli.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An HTTP/2 frame (RFC 9113 section 4.1). */
final class Http2Frame {
  static final int HEADERS = 0x1;
  static final int RST_STREAM = 0x3;
  static final int SETTINGS = 0x4;
  static final int GOAWAY = 0x7;
  static final int CONTINUATION = 0x9;

  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;

  private static final int PADDED = 0x8;
  private static final int PRIORITY = 0x20;
  private static final int HEAD = 9;
  private static final int MAX_PAYLOAD =
      16 * 1024; // 4.2: the default, which our SETTINGS do not raise

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  Http2Frame(int type, int flags, int stream, byte... payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload.clone();
  }

  /**
   * Takes the frame at the beginning of these bytes; requires that {@link #isWhole} is true for
   * them.
   */
  static Http2Frame first(byte[] bytes) {
    return new Http2Frame(
        bytes[3], bytes[4], stream(bytes), Arrays.copyOfRange(bytes, HEAD, HEAD + length(bytes)));
  }

  /**
   * Returns whether these bytes begin with a whole frame.
   *
   * @throws IOException if these bytes cannot begin a frame
   */
  static boolean isWhole(byte[] bytes) throws IOException {
    if (bytes.length < HEAD) {
      return false;
    }
    if (length(bytes) > MAX_PAYLOAD) {
      throw new FailedExchangeException("an answer that is not HTTP/2");
    }
    return bytes.length >= HEAD + length(bytes);
  }

  private static int length(byte[] bytes) {
    return (bytes[0] & 0xFF) << 16 | (bytes[1] & 0xFF) << 8 | (bytes[2] & 0xFF);
  }

  private static int stream(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 5, 4).getInt() & Integer.MAX_VALUE;
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(size())
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  int size() {
    return HEAD + payload.length;
  }

  boolean is(int otherType, int otherStream) {
    return type == otherType && stream == otherStream;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /**
   * Returns the header block fragment of a HEADERS or CONTINUATION frame (sections 6.2 and 6.10).
   */
  byte[] headerBlock() throws IOException {
    if (type == CONTINUATION) {
      return payload.clone();
    }
    var from = (has(PADDED) ? 1 : 0) + (has(PRIORITY) ? 5 : 0);
    var to = payload.length - (has(PADDED) && payload.length > 0 ? payload[0] & 0xFF : 0);
    if (from > to) {
      throw new FailedExchangeException("an answer that is not HTTP/2");
    }
    return Arrays.copyOfRange(payload, from, to);
  }

  /**
   * Returns whether this is a GOAWAY frame that leaves the stream without an answer (section 6.8).
   */
  boolean endsBefore(int otherStream) {
    return is(GOAWAY, 0) && payload.length >= 8 && ByteBuffer.wrap(payload).getInt() < otherStream;
  }

  /** Returns the value of a setting in a SETTINGS frame (section 6.5.1); 0 if it is absent. */
  int setting(int id) {
    var value = 0;
    var settings = ByteBuffer.wrap(payload);
    while (settings.remaining() >= 6) {
      var next = settings.getShort();
      var itsValue = settings.getInt();
      value = next == id ? itsValue : value;
    }
    return value;
  }
}
