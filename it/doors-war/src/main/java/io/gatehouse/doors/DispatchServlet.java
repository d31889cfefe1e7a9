package io.gatehouse.doors;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Dispatches to the path that the request names, by each kind of dispatch; mapped to a public and a
 * protected path.
 */
@WebServlet(
    urlPatterns = {"/open/dispatch", "/dispatch"},
    asyncSupported = true)
public final class DispatchServlet extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    var to = String.valueOf(request.getParameter("to"));
    switch (String.valueOf(request.getParameter("by"))) {
      case "forward" -> request.getRequestDispatcher(to).forward(request, response);
      case "include" -> request.getRequestDispatcher(to).include(request, response);
      case "async" -> request.startAsync().dispatch(to);
      case "async-wrapped" -> request.startAsync(request, response).dispatch(to);
      case "thread-dispatch" -> dispatchInThread(request, to);
      case "thread" -> answerInThread(request);
      default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private static void dispatchInThread(HttpServletRequest request, String to) {
    var context = request.startAsync();
    context.start(() -> context.dispatch(to));
  }

  private static void answerInThread(HttpServletRequest request) {
    var context = request.startAsync();
    context.start(
        () -> {
          try {
            context.getResponse().setContentType("text/plain");
            context.getResponse().getWriter().println("OWN thread");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            context.complete();
          }
        });
  }
}
