package io.gatehouse.internal.open;

import io.gatehouse.Tokens;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;

/**
 * A WebSocket. Only this class of the package uses Jakarta WebSocket; it is loaded only if that API
 * is present.
 */
record OpenWebSocket(Session session) implements OpenResource {
  // Jakarta WebSocket 2.1 section 7.2 defines the code; the reason has at most 123 bytes.
  private static final CloseReason ENDED =
      new CloseReason(CloseCodes.VIOLATED_POLICY, "the login has ended");

  static boolean is(AutoCloseable resource) {
    return resource instanceof Session;
  }

  /** Returns whether a resource is a WebSocket that was opened with these tokens. */
  static boolean isOf(Tokens tokens, AutoCloseable resource) {
    return resource instanceof Session socket
        && Tokens.of(socket.getUserPrincipal()).filter(it -> it == tokens).isPresent();
  }

  static OpenResource of(AutoCloseable resource) {
    return new OpenWebSocket((Session) resource);
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public void close() throws IOException {
    session.close(ENDED);
  }
}
