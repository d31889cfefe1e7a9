package io.gatehouse.internal.open;

import io.gatehouse.Tokens;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The WebSockets that the handshakes of a session have opened, without registration by the
 * application. Because of it the end of the session is noticed soon; the container then closes the
 * sockets (Jakarta WebSocket 2.1 section 7.2). Jetty closes none, but lists its open sockets;
 * WildFly at times leaves one of several, and lists those of each endpoint.
 */
public record OpenHandshake(@Nullable Object container, Tokens tokens) implements OpenResource {
  private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

  public static OpenHandshake of(ServletContext context, Tokens tokens) {
    return new OpenHandshake(context.getAttribute(CONTAINER), tokens);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() throws Exception {
    for (var socket : sockets()) {
      if (OpenWebSocket.isOf(tokens, socket)) {
        OpenWebSocket.of(socket).close();
      }
    }
  }

  private List<AutoCloseable> sockets() throws ReflectiveOperationException {
    if (container == null) {
      return List.of();
    }
    var all = new ArrayList<Object>(listed(container, "getOpenSessions"));
    for (var endpoint : listed(container, "getConfiguredServerEndpoints")) {
      all.addAll(listed(endpoint, "getOpenSessions"));
    }
    return all.stream()
        .filter(AutoCloseable.class::isInstance)
        .map(AutoCloseable.class::cast)
        .toList();
  }

  private static Collection<?> listed(Object by, String method)
      throws ReflectiveOperationException {
    try {
      return by.getClass().getMethod(method).invoke(by) instanceof Collection<?> all
          ? all
          : List.of();
    } catch (NoSuchMethodException closesByItself) {
      return List.of();
    }
  }
}
