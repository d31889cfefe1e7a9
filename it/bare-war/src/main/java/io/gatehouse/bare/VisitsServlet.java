package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Reports the number of requests that have reached the application, except the requests to this
 * servlet.
 */
@WebServlet("/visits")
public final class VisitsServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PlainText.write(response, List.of(VisitsFilter.count(getServletContext())));
  }
}
