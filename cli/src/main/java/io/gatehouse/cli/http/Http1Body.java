package io.gatehouse.cli.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * The body of an HTTP/1.1 answer (RFC 9112 section 6), one character per byte. A part that arrives
 * too late, or never, is left out: the status already says whether a page was served.
 */
final class Http1Body {
  private final boolean chunked;
  private final long length;

  Http1Body(HttpHeaders headers) {
    chunked =
        headers.firstValue("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    length =
        headers
            .firstValue("content-length")
            .filter(it -> it.matches("\\d{1,15}"))
            .map(Long::parseLong)
            .orElse(Long.MAX_VALUE);
  }

  /**
   * Reads the rest of the body.
   *
   * @param begun the part of the body that was read with the head
   */
  String read(String begun, Connection connection) {
    var text = new StringBuilder(begun);
    try {
      while (!isWhole(text)) {
        var bytes = connection.read();
        if (bytes.length == 0) {
          break;
        }
        text.append(new String(bytes, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // keep the part that was received
    }
    return chunked ? unchunked(text.toString()) : text.toString();
  }

  private boolean isWhole(StringBuilder text) {
    return chunked
        ? text.indexOf("0\r\n\r\n") == 0 || text.indexOf("\r\n0\r\n\r\n") >= 0
        : text.length() >= length;
  }

  // RFC 9112 7.1; the first invalid chunk ends the body
  private static String unchunked(String text) {
    var body = new StringBuilder();
    var at = 0;
    while (true) {
      var end = text.indexOf("\r\n", at);
      if (end < 0) {
        return body.toString();
      }
      var size = text.substring(at, end).split(";", 2)[0].strip();
      if (!size.matches("[0-9A-Fa-f]{1,6}") || Integer.parseInt(size, 16) == 0) {
        return body.toString();
      }
      var last = Math.min(end + 2 + Integer.parseInt(size, 16), text.length());
      body.append(text, end + 2, last);
      at = Math.min(last + 2, text.length());
    }
  }
}
