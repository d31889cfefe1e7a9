package io.gatehouse.cli.http;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * The body of an answer over HTTP/1.1 (RFC 9112 section 6), one character for a byte. What comes
 * too late, or not at all, is left out: the status has said already whether a page was served.
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
   * Reads the rest.
   *
   * @param begun the part of it that was read with the head
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
      // as far as it came
    }
    return chunked ? unchunked(text.toString()) : text.toString();
  }

  private boolean isWhole(StringBuilder text) {
    return chunked
        ? text.indexOf("0\r\n\r\n") == 0 || text.indexOf("\r\n0\r\n\r\n") >= 0
        : text.length() >= length;
  }

  // RFC 9112 7.1; what is no chunk ends it
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
