package io.gatehouse.filter;

import io.gatehouse.protocol.LoginKeyRing;
import jakarta.servlet.Servlet;
import java.util.Map;

/** How requests reach the server, chosen once by {@code gatehouse.request-mode}. */
final class RequestSide {
  private final RequestPassing passing;
  private final Map<String, Servlet> servlets;

  RequestSide(
      Configuration configuration, ServerSide serverSide, LoginKeyRing ring, Journal journal) {
    var application = configuration.application();
    var path = application.path();
    var publicUrl = application.publicUrl();
    var server = serverSide.server();
    var mode = configuration.modes().request();
    passing =
        switch (mode) {
          case HOSTED -> new RequestsHosted(server, publicUrl, application.backendUrl(), path);
          case PUSHED -> new RequestsPushed(server, serverSide.pushedRequests(), ring, path);
          case VALUE -> new RequestsByValue(server, ring, path);
        };
    servlets =
        mode == RequestMode.HOSTED
            ? Map.of(path + "/request/*", new RequestObjectServlet(ring, publicUrl, path, journal))
            : Map.of();
  }

  RequestPassing passing() {
    return passing;
  }

  /** The servlets that this way needs, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }
}
