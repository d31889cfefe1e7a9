package io.gatehouse.filter;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** One of our own servlets, with the session of its filter where the application has several. */
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
