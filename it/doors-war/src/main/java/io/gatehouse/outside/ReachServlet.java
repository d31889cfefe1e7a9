package io.gatehouse.outside;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Dispatches to a path of another application, if the container permits it. */
@WebServlet(urlPatterns = "/reach", asyncSupported = true)
public final class ReachServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    var other = getServletContext().getContext(request.getParameter("context"));
    if (other == null || other == getServletContext()) {
      response.setContentType("text/plain");
      response.getWriter().println("OUTSIDE no such context");
      return;
    }
    var path = request.getParameter("path");
    switch (String.valueOf(request.getParameter("by"))) {
      case "forward" -> other.getRequestDispatcher(path).forward(request, response);
      case "include" -> {
        response.setContentType("text/plain");
        response.getWriter().println("OUTSIDE includes");
        other.getRequestDispatcher(path).include(request, response);
      }
      case "async" -> request.startAsync().dispatch(other, path);
      default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }
}
