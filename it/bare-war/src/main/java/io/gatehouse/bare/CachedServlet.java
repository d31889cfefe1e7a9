package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Says in several ways, or not at all, what a cache may keep. */
@WebServlet({"/cached", "/open/cached", "/kept/cached", "/named/*"})
public final class CachedServlet extends HttpServlet {
  private static final String HEADER = "Cache-Control";
  private static final String OWN = "public, max-age=60";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (String.valueOf(request.getParameter("how"))) {
      case "set" -> response.setHeader(HEADER, OWN);
      case "added" -> response.addHeader("cache-control", OWN);
      case "reset" -> {
        response.setHeader("X-Begun", "yes");
        response.getWriter().write("begun");
        response.reset();
      }
      case "reset-after-own" -> {
        response.setHeader(HEADER, OWN);
        response.reset();
      }
      case "flushed" -> response.flushBuffer();
      case "redirected" -> {
        response.sendRedirect("who");
        return;
      }
      case "moved" -> {
        response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
        response.setHeader("Location", "who");
        return;
      }
      case "not-found" -> {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      default -> response.setDateHeader("Last-Modified", 1_000_000_000_000L);
    }
    PlainText.write(response, List.of("SECRET of " + request.getRemoteUser()));
  }
}
