package io.gatehouse.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection to the application's origin, for one exchange. The connection ends at the deadline
 * and after {@value #MAX_BYTES} bytes, whatever the server does.
 */
final class Connection implements Closeable {
  static final int MAX_BYTES = 64 * 1024;

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "gatehouse-deadline");
            thread.setDaemon(true);
            return thread;
          });

  private final Socket socket;
  private final Future<?> end;
  private final Socket plain;
  private final Duration deadline;
  private int read;
  private volatile boolean expired;

  /**
   * Connects, with TLS if the address has https.
   *
   * @param protocols for ALPN (RFC 7301), in the order of preference
   */
  Connection(ApplicationUrl application, Duration deadline, String... protocols)
      throws IOException {
    this.deadline = deadline;
    plain = new Socket();
    end = WATCH.schedule(this::expire, deadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      var address = new InetSocketAddress(application.host(), application.port());
      plain.connect(address, (int) deadline.toMillis());
      socket = application.isTls() ? secured(application, protocols) : plain;
    } catch (IOException e) {
      close();
      throw expired ? late() : e;
    }
  }

  private SSLSocket secured(ApplicationUrl application, String... protocols) throws IOException {
    try {
      var secured =
          (SSLSocket)
              SSLContext.getDefault()
                  .getSocketFactory()
                  .createSocket(plain, application.host(), application.port(), true);
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(protocols);
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (NoSuchAlgorithmException e) {
      throw new FailedExchangeException("the platform has no default TLS context");
    }
  }

  // Close the socket below TLS: closing the TLS socket may wait for a write that does not end.
  private void expire() {
    expired = true;
    closePlain();
  }

  private void closePlain() {
    try {
      plain.close();
    } catch (IOException e) {
      // the connection is gone either way
    }
  }

  private IOException late() {
    return new FailedExchangeException("no whole answer within " + deadline.toMillis() + " ms");
  }

  /**
   * Returns the protocol that the server has chosen by ALPN; empty without TLS or without a choice.
   */
  String protocol() {
    return socket instanceof SSLSocket secured ? secured.getApplicationProtocol() : "";
  }

  void write(byte[] bytes) throws IOException {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw expired ? late() : e;
    }
  }

  /** Reads some bytes; none at the end of the connection, or after {@value #MAX_BYTES} bytes. */
  byte[] read() throws IOException {
    try {
      InputStream in = socket.getInputStream();
      var buffer = new byte[Math.min(8192, MAX_BYTES - read)];
      var length = buffer.length == 0 ? -1 : in.read(buffer);
      if (expired) {
        throw late();
      }
      read += Math.max(length, 0);
      return Arrays.copyOf(buffer, Math.max(length, 0));
    } catch (IOException e) {
      throw expired ? late() : e;
    }
  }

  /** Returns whether {@value #MAX_BYTES} bytes have been read. */
  boolean isFull() {
    return read >= MAX_BYTES;
  }

  /** Returns whether the deadline has passed. */
  boolean isExpired() {
    return expired;
  }

  @Override
  public void close() {
    end.cancel(false);
    closePlain();
  }
}
