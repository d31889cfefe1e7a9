package io.gatehouse.bare;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Reports the logged-in user and the mapping and dispatch of the request, for every kind of mapping
 * and dispatch.
 */
@WebServlet(
    urlPatterns = {"/who", "/open/who", "/guarded/who", "/svc/*", "*.do", "/error-page"},
    asyncSupported = true)
public final class WhoServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    PlainText.write(response, lines(request));
  }

  static List<String> lines(HttpServletRequest request) {
    return List.of(
        "subject " + request.getRemoteUser(),
        "dispatch " + request.getDispatcherType(),
        "servlet path " + request.getServletPath(),
        "path info " + request.getPathInfo(),
        "error " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
  }
}
