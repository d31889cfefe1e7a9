package io.gatehouse.doors;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page, which is not public when a browser requests its path. */
@WebServlet(urlPatterns = "/error-page", asyncSupported = true)
public final class ErrorPageServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      response.setContentType("text/plain");
      response.getWriter().println("OWN error page");
    } else {
      Door.open("error-page", request, response);
    }
  }
}
