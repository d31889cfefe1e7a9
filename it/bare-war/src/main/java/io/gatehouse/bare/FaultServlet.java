package io.gatehouse.bare;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends on the error page: by an exception or by a status. */
@WebServlet({"/fault", "/open/fault"})
public final class FaultServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if ("exception".equals(request.getParameter("by"))) {
      throw new ServletException("a fault that a test asked for");
    }
    response.sendError(HttpServletResponse.SC_CONFLICT);
  }
}
