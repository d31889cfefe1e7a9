package io.gatehouse.it.servers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection that sends requests and waits for their answers, one after another: an HTTP client
 * of so little cost that the server has the machine. The connection is reopened if the server has
 * closed it.
 */
public final class Connection implements AutoCloseable {
  private static final int MAX_MILLISECONDS = 60_000;

  private final int port;
  private final byte[] buffer = new byte[16 * 1024];
  private @Nullable Socket socket;
  private int position;
  private int limit;

  /**
   * Prepares a connection, which {@link #send} opens.
   *
   * @param port a port of 127.0.0.1
   */
  public Connection(int port) {
    this.port = port;
  }

  /** Sends a complete request text, and returns the answer with its body. */
  public Answer send(String request) {
    var bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    try {
      var open = socket;
      if (open != null) {
        try {
          return exchange(open, bytes);
        } catch (EOFException closedMeanwhile) { // a server may close an idle connection
          close();
        }
      }
      return exchange(connect(), bytes);
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect() throws IOException {
    var open = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    open.setTcpNoDelay(true);
    open.setSoTimeout(MAX_MILLISECONDS);
    position = 0;
    limit = 0;
    socket = open;
    return open;
  }

  private Answer exchange(Socket open, byte[] request) throws IOException {
    open.getOutputStream().write(request);
    var input = open.getInputStream();
    var head = head(input);
    var answer = new Answer(Integer.parseInt(head.substring(9, 12)), head, body(head, input));
    if (answer.header("Connection").toLowerCase(Locale.ROOT).equals("close")) {
      close();
    }
    return answer;
  }

  private String head(InputStream input) throws IOException {
    var text = new StringBuilder(512);
    var ends = 0;
    while (ends < 2) {
      var next = read(input);
      text.append((char) next);
      ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
    }
    return text.toString();
  }

  private String body(String head, InputStream input) throws IOException {
    var body = new ByteArrayOutputStream();
    if (Answer.header(head, "Transfer-Encoding").equals("chunked")) {
      for (var size = chunkSize(input); size > 0; size = chunkSize(input)) {
        copy(size, body, input);
        line(input);
      }
      line(input);
    } else {
      var length = Answer.header(head, "Content-Length");
      copy(length.isEmpty() ? 0 : Integer.parseInt(length), body, input);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private int chunkSize(InputStream input) throws IOException {
    return Integer.parseInt(line(input), 16);
  }

  private String line(InputStream input) throws IOException {
    var line = new StringBuilder();
    for (var next = read(input); next != '\n'; next = read(input)) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private void copy(int length, ByteArrayOutputStream body, InputStream input) throws IOException {
    var missing = length;
    while (missing > 0) {
      body.write(read(input));
      missing--;
      var here = Math.min(missing, limit - position);
      body.write(buffer, position, here);
      position += here;
      missing -= here;
    }
  }

  private int read(InputStream input) throws IOException {
    if (position == limit) {
      limit = input.read(buffer);
      position = 0;
      if (limit < 0) {
        limit = 0;
        throw new EOFException("the server has closed the connection");
      }
    }
    return buffer[position++];
  }

  @Override
  public void close() {
    var open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
