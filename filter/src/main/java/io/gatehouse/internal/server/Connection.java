package io.gatehouse.internal.server;

import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one exchange. Another thread may end it at any time; then nothing more is sent,
 * and it is known whether the request may have been.
 */
final class Connection {
  private boolean ended;
  private boolean sending;
  private @Nullable Socket socket;

  /**
   * Connects to an address, in place of an address tried before.
   *
   * @throws IOException if no connection comes about in time, or if this connection has ended
   */
  Socket connect(Routes.Route route, Duration timeout) throws IOException {
    var next = new Socket(Proxy.NO_PROXY);
    replace(next);
    next.setTcpNoDelay(true);
    next.connect(route.address(), (int) Math.max(1, timeout.toMillis()));
    return next;
  }

  private synchronized void replace(Socket next) throws IOException {
    closeSocket();
    socket = next;
    if (ended) {
      closeSocket();
      throw new SocketException();
    }
  }

  /**
   * Marks the moment from which on the request may have been sent.
   *
   * @throws IOException if this connection has ended; then the request must not be sent
   */
  synchronized void beginSending() throws IOException {
    if (ended) {
      throw new SocketException();
    }
    sending = true;
  }

  /** Ends the connection, and returns whether the request may have been sent. */
  synchronized boolean end() {
    ended = true;
    closeSocket();
    return sending;
  }

  // The socket below TLS: closing TLS may wait for the other side.
  private void closeSocket() {
    var open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // closed in any case
      }
    }
  }
}
