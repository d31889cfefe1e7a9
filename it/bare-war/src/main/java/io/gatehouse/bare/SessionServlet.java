package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Reports the content of the session without creating one. A POST creates a session with an
 * attribute, as a shop does for a basket before the user logs in.
 */
@WebServlet({"/session", "/open/session"})
public final class SessionServlet extends HttpServlet {
  private static final String ATTRIBUTE = "planted";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var session = request.getSession(false);
    PlainText.write(
        response,
        session == null
            ? List.of("no session")
            : List.of("planted " + session.getAttribute(ATTRIBUTE), encoded(response)));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getSession(true).setAttribute(ATTRIBUTE, "before login");
    PlainText.write(response, List.of(encoded(response)));
  }

  // A container may put the session id into a link.
  private static String encoded(HttpServletResponse response) {
    return "link " + response.encodeURL("/who");
  }
}
