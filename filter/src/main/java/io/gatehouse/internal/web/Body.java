package io.gatehouse.internal.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The body of a Gatehouse response, and its length. */
public final class Body {
  private Body() {}

  /**
   * Sends a text in UTF-8.
   *
   * @param bytes the text, which consists of characters of ISO-8859-1
   */
  public static void send(HttpServletResponse response, byte[] bytes) throws IOException {
    ServletOutputStream stream;
    try {
      stream = response.getOutputStream();
    } catch (IllegalStateException takenByEarlierFilter) { // Servlet 6.0 section 5.5
      write(response, bytes);
      return;
    }
    response.setContentLength(bytes.length);
    stream.write(bytes);
  }

  // The writer has a charset already, which the container has put into Content-Type.
  private static void write(HttpServletResponse response, byte[] bytes) throws IOException {
    response.resetBuffer();
    response.getWriter().write(new String(bytes, StandardCharsets.UTF_8));
  }
}
