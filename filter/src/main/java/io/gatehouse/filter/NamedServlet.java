package io.gatehouse.filter;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * A Gatehouse servlet that sees the session of its filter, for an application with several filters.
 */
final class NamedServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Servlet servlet;
  private final transient UnaryOperator<HttpServletRequest> behind;

  NamedServlet(Servlet servlet, UnaryOperator<HttpServletRequest> behind) {
    this.servlet = servlet;
    this.behind = behind;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    servlet.service(behind.apply(request), response);
  }
}
