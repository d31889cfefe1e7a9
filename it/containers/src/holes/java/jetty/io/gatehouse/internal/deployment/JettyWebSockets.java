package io.gatehouse.internal.deployment;

import jakarta.servlet.ServletContext;
import java.util.List;

/** Leaves Jetty's filter for WebSocket handshakes before all others. */
public final class JettyWebSockets {
  private JettyWebSockets() {}

  public static void placeBehind(ServletContext context, List<DeployedFilter> filters) {}
}
