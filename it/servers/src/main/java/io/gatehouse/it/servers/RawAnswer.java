package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bytes that are written to a connection as the answer to a call: anything, not only HTTP. */
public interface RawAnswer {
  void write(Socket to) throws IOException;

  /** Returns a valid answer with a JSON text. */
  static RawAnswer json(String text) {
    return json(200, text);
  }

  static RawAnswer json(int status, String text, String... headers) {
    return whole(status, "application/json", text.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Returns a redirect, without a body. */
  static RawAnswer redirect(int status, String location) {
    return whole(status, "text/plain", new byte[0], "Location: " + location);
  }

  /** Returns an answer that is valid HTTP, whatever its body. */
  static RawAnswer whole(int status, String type, byte[] body, String... headers) {
    return to -> {
      var out = to.getOutputStream();
      out.write(head(status, type, body.length, headers));
      out.write(body);
      out.flush();
    };
  }

  /** Returns the head of an answer after which the connection is closed. */
  static byte[] head(int status, String type, long length, String... headers) {
    var lines = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
    lines.append("Content-Type: ").append(type).append("\r\n");
    lines.append("Content-Length: ").append(length).append("\r\n");
    List.of(headers).forEach(it -> lines.append(it).append("\r\n"));
    lines.append("Connection: close\r\n\r\n");
    return ascii(lines.toString());
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes the same bytes the given number of times, or until the other side closes the connection.
   */
  static void repeat(OutputStream out, byte[] bytes, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      out.write(bytes);
    }
    out.flush();
  }
}
