package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reports the container, and which of the APIs that are optional for Gatehouse are present. */
@WebServlet("/open/surroundings")
public final class SurroundingsServlet extends HttpServlet {
  private static final List<String> OPTIONAL =
      List.of(
          "jakarta.enterprise.inject.spi.CDI",
          "jakarta.inject.Inject",
          "jakarta.ws.rs.client.ClientRequestFilter",
          "org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var lines = new ArrayList<String>();
    lines.add("server " + getServletContext().getServerInfo());
    OPTIONAL.forEach(it -> lines.add((isThere(it) ? "present " : "absent ") + it));
    PlainText.write(response, lines);
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
