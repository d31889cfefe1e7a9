package io.gatehouse.filter;

import io.gatehouse.protocol.Client;
import io.gatehouse.protocol.LoginKeyRing;
import jakarta.servlet.Servlet;
import java.util.Map;

/** How requests reach the server, chosen once by {@code gatehouse.request-mode}. */
final class RequestSide {
  private final RequestPassing passing;
  private final Map<String, Servlet> servlets;

  RequestSide(
      Configuration configuration, Client client, ServerSide serverSide, LoginKeyRing ring) {
    var application = configuration.application();
    var path = application.path();
    var publicUrl = application.publicUrl();
    var server = serverSide.server();
    var mode = configuration.modes().request();
    passing =
        switch (mode) {
          case HOSTED ->
              new RequestsHosted(client, server, publicUrl, application.backendUrl(), path);
          case PUSHED ->
              new RequestsPushed(client, server, serverSide.pushedRequests(), ring, path);
          case VALUE -> new RequestsByValue(client, server, ring, path);
        };
    servlets =
        mode == RequestMode.HOSTED
            ? Map.of(path + "/request/*", new RequestObjectServlet(client, ring, publicUrl, path))
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
