package io.gatehouse.full;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Lists the events; a public page. */
@WebServlet("/events")
public final class EventsServlet extends HttpServlet {
  @Inject private transient ObservedEvents events;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    for (var line : events.lines()) {
      response.getWriter().println(line);
    }
  }
}
