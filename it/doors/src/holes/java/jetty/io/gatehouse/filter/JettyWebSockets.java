package io.gatehouse.filter;

import jakarta.servlet.ServletContext;
import java.util.List;

/** Leaves Jetty's filter for WebSocket handshakes before all others. */
final class JettyWebSockets {
  private JettyWebSockets() {}

  static void placeBehind(ServletContext context, List<GateStart> starts) {}
}
