package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Lets the session end after a second without a request. */
@WebServlet("/idle")
public final class IdleServlet extends HttpServlet {
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getSession(false).setMaxInactiveInterval(1);
    PlainText.write(response, List.of("ends after a second"));
  }
}
