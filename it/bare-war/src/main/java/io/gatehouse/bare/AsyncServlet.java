package io.gatehouse.bare;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Answers asynchronously: by a dispatch, or from a thread of the container. */
@WebServlet(
    urlPatterns = {"/async", "/open/async"},
    asyncSupported = true)
public final class AsyncServlet extends HttpServlet {
  private static final Duration MAX_TIME = Duration.ofSeconds(20);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    switch (String.valueOf(request.getParameter("by"))) {
      case "dispatch" -> limited(request.startAsync(request, response)).dispatch("/who");
      case "dispatch-of-original" -> limited(request.startAsync()).dispatch("/who");
      case "thread" -> {
        var async = limited(request.startAsync(request, response));
        async.start(() -> complete(async));
      }
      default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private static AsyncContext limited(AsyncContext async) {
    async.setTimeout(MAX_TIME.toMillis());
    return async;
  }

  private static void complete(AsyncContext async) {
    try {
      PlainText.write(
          async.getResponse(), WhoServlet.lines((HttpServletRequest) async.getRequest()));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      async.complete();
    }
  }
}
