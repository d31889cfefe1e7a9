package io.gatehouse.bare;

import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;

/** Writes answers of lines, which tests read. */
final class PlainText {
  private PlainText() {}

  static void write(ServletResponse response, List<String> lines) throws IOException {
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(String.join("\n", lines) + "\n");
  }
}
