package io.gatehouse.internal.open;

import jakarta.servlet.http.HttpUpgradeHandler;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A connection that Payara has upgraded to a WebSocket. Of all sockets of a session Payara closes
 * one at the end, by the method that is called here for each.
 */
public final class OpenUpgrade implements OpenResource {
  private final WeakReference<HttpUpgradeHandler> handler; // the connection holds it while open
  private final Method end;

  private OpenUpgrade(HttpUpgradeHandler handler, Method end) {
    this.handler = new WeakReference<>(handler);
    this.end = end;
  }

  public static Optional<OpenResource> of(HttpUpgradeHandler handler) {
    try {
      return Optional.of(
          new OpenUpgrade(handler, handler.getClass().getMethod("sessionDestroyed")));
    } catch (NoSuchMethodException closedByContainer) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isOpen() {
    return handler.get() != null;
  }

  @Override
  public void close() throws ReflectiveOperationException {
    var connection = handler.get();
    if (connection != null) {
      end.invoke(connection);
    }
  }
}
