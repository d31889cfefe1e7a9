package io.gatehouse.internal.login;

import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.config.RequestMode;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.protocol.LoginKeyRing;
import io.gatehouse.internal.protocol.OwnPaths;
import io.gatehouse.internal.protocol.PushedRequestEndpoint;
import io.gatehouse.internal.server.AuthorizationServer;
import jakarta.servlet.Servlet;
import java.util.Map;

/**
 * Selects the way in which authorization requests reach the authorization server, by {@code
 * gatehouse.request-mode}.
 */
public final class RequestSide {
  private final RequestPassing passing;
  private final Map<String, Servlet> servlets;

  public RequestSide(
      Configuration configuration,
      AuthorizationServer server,
      PushedRequestEndpoint pushedRequests,
      LoginKeyRing ring,
      EventRecorder recorder) {
    var application = configuration.application();
    var path = application.path();
    var publicUrl = application.publicUrl();
    var mode = configuration.modes().request();
    passing =
        switch (mode) {
          case HOSTED -> new RequestsHosted(server, publicUrl, application.backendUrl(), path);
          case PUSHED -> new RequestsPushed(server, pushedRequests, ring, path);
          case VALUE -> new RequestsByValue(server, ring, path);
        };
    servlets =
        mode == RequestMode.HOSTED
            ? Map.of(
                new OwnPaths(path).request("*"),
                new RequestObjectServlet(ring, publicUrl, path, recorder))
            : Map.of();
  }

  public RequestPassing passing() {
    return passing;
  }

  /** Returns the servlets that this way requires, by their URL patterns. */
  public Map<String, Servlet> servlets() {
    return servlets;
  }
}
