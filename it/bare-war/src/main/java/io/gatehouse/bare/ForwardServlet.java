package io.gatehouse.bare;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** A public page that shows another page of the application, forwarded to or included. */
@WebServlet({"/open/forward", "/open/include"})
public final class ForwardServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    var to = Objects.requireNonNull(request.getParameter("to"));
    var dispatcher = Objects.requireNonNull(request.getRequestDispatcher(to));
    if (request.getServletPath().endsWith("forward")) {
      dispatcher.forward(request, response);
    } else {
      dispatcher.include(request, response);
    }
  }
}
