package io.gatehouse.doors.open;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Ends the session without Gatehouse, as an application or an administrator may. */
@WebServlet("/invalidate")
public final class InvalidateServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var idle = request.getParameter("in");
    if (idle == null) {
      request.getSession().invalidate();
    } else {
      request.getSession().setMaxInactiveInterval(Integer.parseInt(idle));
    }
    response.setContentType("text/plain");
    response.getWriter().print("invalidated");
  }
}
