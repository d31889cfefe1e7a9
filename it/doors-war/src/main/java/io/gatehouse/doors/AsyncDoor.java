package io.gatehouse.doors;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers after an asynchronous dispatch to its own path. */
@WebServlet(
    urlPatterns = {"/async", "/boss/async"},
    asyncSupported = true)
public final class AsyncDoor extends HttpServlet {
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      Door.open("async", request, response);
    } else {
      request.startAsync().dispatch();
    }
  }
}
