package io.gatehouse.internal.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 response from a connection (RFC 9112), with a bounded head and a bounded body.
 * Bytes after the response are ignored, since nothing else is read from the connection.
 */
final class ResponseReader {
  static final int MAX_BODY = 1 << 20;
  private static final int MAX_HEAD = 64 * 1024;
  private static final Pattern STATUS_LINE =
      Pattern.compile("(?s)HTTP/1[.][01] ([1-9]\\d\\d)( .*)?");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \t]*(;.*)?");
  private static final int SWITCHING_PROTOCOLS = 101;

  private final InputStream in;
  private int linesLeft = MAX_HEAD; // bytes, of all lines together

  ResponseReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Reads the head of the final response, past all interim responses. */
  ResponseHead head() throws IOException {
    var head = nextHead();
    while (!head.isFinal()) {
      if (head.status() == SWITCHING_PROTOCOLS) {
        throw new FailedExchangeException("the response switches to a protocol not asked for");
      }
      head = nextHead();
    }
    return head;
  }

  private ResponseHead nextHead() throws IOException {
    var status = STATUS_LINE.matcher(line());
    if (!status.matches()) {
      throw new FailedExchangeException("the response has no status line of HTTP/1.1 (RFC 9112 4)");
    }
    return new ResponseHead(Integer.parseInt(status.group(1)), fields());
  }

  private Map<String, List<String>> fields() throws IOException {
    var fields = new HashMap<String, List<String>>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith(" ") || line.startsWith("\t")) {
        continue; // RFC 9112 5.2: an obsolete line folding, which no field that is read here has
      }
      var colon = line.indexOf(':');
      if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
        throw new FailedExchangeException("the response has a line that is no field (RFC 9112 5)");
      }
      fields
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), it -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return fields;
  }

  /**
   * Reads the body (RFC 9112 section 6.3).
   *
   * @throws TooLongException if the body is longer than 1 MiB
   */
  byte[] body(ResponseHead head) throws IOException {
    if (head.isWithoutBody()) {
      return new byte[0];
    }
    if (head.isChunked()) {
      return chunks();
    }
    var length = head.length();
    if (length.isEmpty()) {
      return bounded(in);
    }
    if (length.getAsLong() > MAX_BODY) {
      throw new TooLongException();
    }
    return whole((int) length.getAsLong());
  }

  /**
   * Reads an input to its end.
   *
   * @throws TooLongException if the input is longer than 1 MiB
   */
  static byte[] bounded(InputStream input) throws IOException {
    var bytes = input.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new TooLongException();
    }
    return bytes;
  }

  private byte[] whole(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (var size = chunkSize(); size > 0; size = chunkSize()) {
      if (size > MAX_BODY - body.size()) {
        throw new TooLongException();
      }
      body.writeBytes(whole((int) size));
      if (!line().isEmpty()) {
        throw new FailedExchangeException("a chunk of the response is longer than its size");
      }
    }
    fields(); // the trailer section
    return body.toByteArray();
  }

  private long chunkSize() throws IOException {
    var size = CHUNK.matcher(line());
    if (!size.matches()) {
      throw new FailedExchangeException("a chunk of the response has no size (RFC 9112 7.1)");
    }
    linesLeft = MAX_HEAD; // the limit of the body bounds the number of chunks
    return Long.parseLong(size.group(1), 16);
  }

  // RFC 9112 2.2: a line may end with LF alone.
  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (--linesLeft < 0) {
        throw new FailedExchangeException("the head of the response is longer than 64 KiB");
      }
      line.write(next);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Thrown if a body is longer than 1 MiB. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
