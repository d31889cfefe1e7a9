package io.gatehouse.doors;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet with each kind of mapping, for all methods. */
@WebServlet(
    urlPatterns = {"/secret", "/prefix/*", "*.door", "/admin/secret", "/boss/secret"},
    asyncSupported = true)
public final class ServletDoor extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Door.open("servlet", request, response);
  }
}
