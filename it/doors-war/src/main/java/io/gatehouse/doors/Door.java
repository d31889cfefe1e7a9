package io.gatehouse.doors;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Writes the answers of endpoints: the marker, the name of the door, and the user. */
final class Door {
  private Door() {}

  static void open(String door, HttpServletRequest request, ServletResponse response)
      throws IOException {
    Counts.add(door);
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response
        .getWriter()
        .println("SECRET " + door + " user " + request.getRemoteUser() + " at " + at(request));
  }

  private static String at(HttpServletRequest request) {
    return request.getDispatcherType()
        + " "
        + request.getServletPath()
        + " "
        + request.getPathInfo();
  }
}
