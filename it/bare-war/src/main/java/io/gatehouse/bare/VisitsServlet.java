package io.gatehouse.bare;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Says how many requests have reached the application, this one and its like left out. */
@WebServlet("/visits")
public final class VisitsServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PlainText.write(response, List.of(VisitsFilter.count(getServletContext())));
  }
}
