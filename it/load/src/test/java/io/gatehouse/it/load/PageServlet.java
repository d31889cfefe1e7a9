package io.gatehouse.it.load;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A page of about 2 KB that costs almost nothing, so that the cost of the filter before it is
 * visible.
 */
final class PageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final int LINES = 40;

  private final byte[] page =
      ("<!DOCTYPE html>\n<html lang=\"en\"><head><title>A page</title></head><body>\n"
              + "<p>One line like another, as pages have them.</p>\n".repeat(LINES)
              + "</body></html>\n")
          .getBytes(StandardCharsets.UTF_8);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }
}
