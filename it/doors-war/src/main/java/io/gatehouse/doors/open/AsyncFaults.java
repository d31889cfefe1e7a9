package io.gatehouse.doors.open;

import io.gatehouse.LoginNeededException;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.Tokens;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Asynchronous requests whose session ends, or whose dispatch fails. */
@WebServlet(urlPatterns = "/async-fault", asyncSupported = true)
public final class AsyncFaults extends HttpServlet {
  private final transient AtomicReference<AsyncContext> waiting = new AtomicReference<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      dispatched(request, response);
      return;
    }
    var how = String.valueOf(request.getParameter("how"));
    if (how.equals("waits")) {
      response.getWriter().println("waits " + (waiting.get() != null));
      return;
    }
    if (how.equals("dispatch")) {
      waiting.getAndSet(null).dispatch();
      response.getWriter().println("dispatched");
      return;
    }
    var begun =
        how.startsWith("wrapped") ? request.startAsync(request, response) : request.startAsync();
    begun.setTimeout(30_000);
    if (how.endsWith("wait")) {
      waiting.set(begun);
    } else if (how.equals("thrown")) {
      throw fault(String.valueOf(request.getParameter("what")));
    } else {
      begun.dispatch();
    }
  }

  private static void dispatched(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var what = request.getParameter("what");
    if (what != null) {
      throw fault(what);
    }
    response.setContentType("text/plain");
    response
        .getWriter()
        .println(
            "SEEN "
                + (request.getUserPrincipal() != null)
                + (request.getRemoteUser() != null)
                + (request.getAuthType() != null)
                + Tokens.of(request).isPresent());
  }

  static RuntimeException fault(String what) {
    return what.equals("login")
        ? new LoginNeededException("canary of the application")
        : new ServerUnavailableException("canary of the application", Duration.ofSeconds(7));
  }
}
