package io.gatehouse.internal.deployment;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/**
 * Places the Gatehouse filters before Jetty's WebSocket filter. Jetty answers WebSocket handshakes,
 * over HTTP/1.1 and HTTP/2, by a filter that it puts before all others; a handshake must be judged
 * like any request.
 */
public final class JettyWebSockets {
  // Jetty 12 supports several versions of Jakarta EE side by side.
  private static final List<String> FILTERS =
      List.of(
          "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter",
          "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter",
          "org.eclipse.jetty.ee9.websocket.servlet.WebSocketUpgradeFilter");

  private JettyWebSockets() {}

  /** Places the filters of the application before Jetty's. */
  public static void placeBehind(ServletContext context, List<DeployedFilter> filters) {
    for (var name : FILTERS) {
      if (context.getFilterRegistration(name) != null) {
        filters.forEach(
            it -> it.mapping().addTo(it.registration(), EnumSet.of(DispatcherType.REQUEST)));
      } else if (isJetty(context) && isThere(name, context.getClassLoader())) {
        addLast(context, name);
      }
    }
  }

  // On another container the application may bring Jetty's classes as a library.
  private static boolean isJetty(ServletContext context) {
    return String.valueOf(context.getServerInfo()).toLowerCase(Locale.ROOT).startsWith("jetty");
  }

  private static boolean isThere(String name, ClassLoader ofApplication) {
    try {
      Class.forName(name, false, ofApplication);
      return true;
    } catch (ClassNotFoundException | LinkageError notJetty) {
      return false;
    }
  }

  // Jetty treats the filter of this name and class as its own, and adds no second one.
  private static void addLast(ServletContext context, String name) {
    var registration = context.addFilter(name, name);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }
}
