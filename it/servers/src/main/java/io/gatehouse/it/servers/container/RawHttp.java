package io.gatehouse.it.servers.container;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection for requests that no HTTP client would send, one after the other. An answer is read
 * to its end or to a deadline.
 */
public final class RawHttp implements AutoCloseable {
  private static final int MAX_MILLISECONDS = 10_000;

  private final int port;
  private int deadline = MAX_MILLISECONDS;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  /**
   * Creates one; it connects with its first request.
   *
   * @param port of loopback
   */
  public RawHttp(int port) {
    this.port = port;
  }

  /** Limits the wait for the next bytes of an answer. */
  public RawHttp within(int milliseconds) {
    deadline = milliseconds;
    return this;
  }

  /** Sends a request without a body, or with an empty one, and returns the answer. */
  public RawAnswer send(String method, String target, String... headers) {
    var isBodyExpected = List.of("POST", "PUT", "PATCH").contains(method);
    return send(method, target, isBodyExpected ? "Content-Length: 0\r\n" : "", "", headers);
  }

  /** Posts a form, and returns the answer. */
  public RawAnswer post(String target, String form, String... headers) {
    var length = form.getBytes(StandardCharsets.UTF_8).length;
    return send(
        "POST",
        target,
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length + "\r\n",
        form,
        headers);
  }

  private RawAnswer send(
      String method, String target, String ofBody, String body, String... headers) {
    var lines = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    if (List.of(headers).stream().noneMatch(it -> it.startsWith("Host:"))) {
      lines.append("Host: localhost:").append(port).append("\r\n");
    }
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    lines.append(ofBody).append("\r\n").append(body);
    var request = lines.toString().getBytes(StandardCharsets.UTF_8);
    try {
      var kept = socket != null;
      var answer = exchange(method, request);
      // A connection that was kept may have been closed meanwhile: once more, on a new one.
      return answer.head().isEmpty() && kept ? exchange(method, request) : answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawAnswer exchange(String method, byte[] request) throws IOException {
    var answer = RawAnswer.NONE;
    try {
      open().getOutputStream().write(request);
      answer = read(method);
    } catch (SocketException closedByContainer) {
      answer = RawAnswer.NONE;
    }
    if (answer.isLast()) {
      close();
    }
    return answer;
  }

  private Socket open() throws IOException {
    var open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), port);
      open.setTcpNoDelay(true);
      open.setSoTimeout(deadline);
      in = new BufferedInputStream(open.getInputStream());
      socket = open;
    }
    return open;
  }

  private RawAnswer read(String method) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int octet;
      try {
        octet = in.read();
      } catch (SocketTimeoutException late) {
        return new RawAnswer(head.toString(), "", " [no answer in time]");
      }
      if (octet < 0) {
        return head.isEmpty()
            ? RawAnswer.NONE
            : new RawAnswer(head.toString(), "", " [half a head]");
      }
      head.append((char) octet);
    }
    var bare = new RawAnswer(head.toString(), "", "");
    if (method.equals("HEAD") || bare.status() == 204 || bare.status() == 304) {
      return bare;
    }
    var body = new ByteArrayOutputStream();
    var fault = "";
    try {
      fault = body(bare, body);
    } catch (SocketTimeoutException late) {
      fault = " [the body does not come: " + body.size() + " bytes so far]";
    } catch (NumberFormatException notChunked) {
      fault = " [no chunk: " + notChunked.getMessage() + "]";
    }
    return new RawAnswer(bare.head(), body.toString(StandardCharsets.UTF_8), fault);
  }

  private String body(RawAnswer bare, ByteArrayOutputStream body) throws IOException {
    if (bare.status() == 101) {
      return frame(body);
    }
    if (bare.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      return chunks(body);
    }
    var length = bare.header("Content-Length");
    if (length.isPresent()) {
      var missing = copy(Integer.parseInt(length.get()), body);
      return missing > 0 ? " [closed, " + missing + " bytes missing]" : "";
    }
    if (bare.isLast()) {
      body.writeBytes(in.readAllBytes());
      return "";
    }
    return " [a body without length on an open connection]";
  }

  private int copy(int length, ByteArrayOutputStream body) throws IOException {
    for (var missing = length; missing > 0; missing--) {
      var octet = in.read();
      if (octet < 0) {
        return missing;
      }
      body.write(octet);
    }
    return 0;
  }

  // RFC 6455 5.2: the first frame of a server, which is not masked.
  private String frame(ByteArrayOutputStream body) throws IOException {
    in.read();
    var length = in.read();
    if (length == 126) {
      length = in.read() << 8 | in.read();
    }
    return copy(length, body) > 0 ? " [closed in a frame]" : "";
  }

  private String chunks(ByteArrayOutputStream body) throws IOException {
    while (true) {
      var length = Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
      if (copy(length, body) > 0) {
        return " [closed in a chunk]";
      }
      line();
      if (length == 0) {
        return "";
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString();
  }

  @Override
  public void close() {
    var open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException closedAlready) {
        // then there is nothing to close
      }
    }
  }
}
