package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Logs a text at the finest level, once as Gatehouse and once as jose4j would. */
@WebServlet("/open/log")
public final class LogServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var text = String.valueOf(request.getParameter("text"));
    System.getLogger("io.gatehouse.bare").log(System.Logger.Level.TRACE, "as Gatehouse: " + text);
    LoggerFactory.getLogger("org.jose4j.bare").trace("as jose4j: {}", text);
    PlainText.write(response, List.of("logged"));
  }
}
