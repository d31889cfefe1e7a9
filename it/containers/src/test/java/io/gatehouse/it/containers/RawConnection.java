package io.gatehouse.it.containers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection for requests, one after another, that no HTTP client would send. The connection is
 * reopened if the container has closed it, as happens after many a bad request.
 */
final class RawConnection implements AutoCloseable {
  private static final int MAX_MILLISECONDS = 20_000;

  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  /**
   * An answer, empty if the container closed the connection without one.
   *
   * @param head the status line and the headers
   */
  record Answer(String head, String body) {
    static final Answer NONE = new Answer("", "");

    int status() {
      return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
    }

    /** Returns the values of a header, regardless of its case. */
    List<String> headers(String name) {
      var start = name.toLowerCase(Locale.ROOT) + ":";
      // By CR or LF alone too: some client may take either for the end of a header.
      return head.lines()
          .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(start))
          .map(it -> it.substring(start.length()).strip())
          .toList();
    }

    Optional<String> header(String name) {
      return headers(name).stream().findFirst();
    }

    boolean isLast() {
      return head.isEmpty() || header("Connection").orElse("").equalsIgnoreCase("close");
    }
  }

  /** Sends a request without body, and returns the answer. */
  Answer get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  /**
   * Sends any request, and returns the answer.
   *
   * @param target the exact request target
   * @param form the body, if it is not empty
   * @param headers also {@code Host}, if it differs from the default
   */
  Answer send(String method, String target, String form, String... headers) {
    var lines = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    if (List.of(headers).stream().noneMatch(it -> it.startsWith("Host:"))) {
      lines.append("Host: ").append(Application.AUTHORITY).append("\r\n");
    }
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    var body = form.getBytes(StandardCharsets.UTF_8);
    if (!method.equals("GET")) {
      lines.append("Content-Type: application/x-www-form-urlencoded\r\n");
      lines.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var head = lines.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    try {
      var kept = socket != null;
      var answer = exchange(head, body);
      // A connection that was kept may have been closed meanwhile: once more, on a new one.
      return answer.head().isEmpty() && kept ? exchange(head, body) : answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer exchange(byte[] head, byte[] body) throws IOException {
    var answer = Answer.NONE;
    try {
      var out = open().getOutputStream();
      var whole = new ByteArrayOutputStream();
      whole.writeBytes(head);
      whole.writeBytes(body);
      out.write(whole.toByteArray());
      answer = read();
    } catch (SocketException closedByContainer) {
      answer = Answer.NONE;
    }
    if (answer.isLast()) {
      close();
    }
    return answer;
  }

  private Socket open() throws IOException {
    var open = socket;
    if (open == null) {
      open = new Socket(InetAddress.getLoopbackAddress(), Application.PORT);
      open.setSoTimeout(MAX_MILLISECONDS);
      open.setTcpNoDelay(true);
      in = new BufferedInputStream(open.getInputStream());
      socket = open;
    }
    return open;
  }

  private Answer read() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      var octet = in.read();
      if (octet < 0) {
        return head.isEmpty() ? Answer.NONE : new Answer(head.toString(), "");
      }
      head.append((char) octet);
    }
    var empty = new Answer(head.toString(), "");
    return new Answer(empty.head(), new String(body(empty), StandardCharsets.UTF_8));
  }

  private byte[] body(Answer answer) throws IOException {
    if (answer.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    var length = answer.header("Content-Length");
    if (length.isPresent()) {
      return in.readNBytes(Integer.parseInt(length.get()));
    }
    return answer.isLast() ? in.readAllBytes() : new byte[0];
  }

  private byte[] chunks() throws IOException {
    var whole = new ByteArrayOutputStream();
    while (true) {
      var length = Integer.parseInt(line().replaceFirst(";.*", "").strip(), 16);
      whole.writeBytes(in.readNBytes(length));
      line();
      if (length == 0) {
        return whole.toByteArray();
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
