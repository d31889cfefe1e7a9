package io.gatehouse.doors.open;

import io.gatehouse.LoginNeededException;
import io.gatehouse.Tokens;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An event stream of a servlet: it closes with the session of its user. */
@WebServlet(urlPatterns = "/stream", asyncSupported = true)
public final class StreamServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var tokens = Tokens.of(request).orElseThrow(LoginNeededException::new);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().print("data: user " + request.getRemoteUser() + "\n\n");
    response.flushBuffer();
    if (request.getParameter("once") != null) {
      return;
    }
    if (request.getParameter("ended") != null) {
      request.getSession().invalidate(); // as another request may at this moment
    }
    var stream = request.startAsync();
    stream.setTimeout(0);
    tokens.onEnd(stream);
  }
}
