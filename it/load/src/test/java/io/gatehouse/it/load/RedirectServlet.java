package io.gatehouse.it.load;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A constant redirect: the minimum cost of an anonymous request. */
final class RedirectServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String location;

  /**
   * Creates the servlet.
   *
   * @param length of the address, in characters
   */
  RedirectServlet(int length) {
    var start = "http://127.0.0.1:9/authorize?state=";
    location = start + "a".repeat(Math.max(0, length - start.length()));
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FOUND);
    response.setHeader("Location", location);
  }
}
