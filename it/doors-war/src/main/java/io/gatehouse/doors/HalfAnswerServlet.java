package io.gatehouse.doors;

import io.gatehouse.LoginNeededException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A public page that has announced and begun its answer when it finds that it needs a user. */
@WebServlet("/open/half-answer")
public final class HalfAnswerServlet extends HttpServlet {
  private static final int ANNOUNCED = 5000;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var user = request.getRemoteUser();
    if (user != null) {
      Door.open("half-answer", request, response);
      return;
    }
    response.setContentType("text/html");
    switch (String.valueOf(request.getParameter("announced"))) {
      case "encoding" -> response.setHeader("Content-Encoding", "gzip");
      case "transfer" -> response.setHeader("Transfer-Encoding", "chunked");
      case "range" -> response.setHeader("Content-Range", "bytes 0-4999/5000");
      case "tag" -> response.setHeader("ETag", "\"1\"");
      case "status" -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      default -> response.setContentLength(ANNOUNCED);
    }
    if ("writer".equals(request.getParameter("by"))) {
      response.getWriter().print("<p>half an answer");
    } else {
      response.getOutputStream().print("<p>half an answer");
    }
    throw new LoginNeededException("this page needs a user after all");
  }
}
