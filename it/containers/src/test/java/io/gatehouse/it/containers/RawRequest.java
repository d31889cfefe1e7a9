package io.gatehouse.it.containers;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A single request that no HTTP client would send. */
final class RawRequest {
  private static final int MAX_MILLISECONDS = 20_000;

  private RawRequest() {}

  /**
   * Returns the whole answer to a request that no HTTP client would send.
   *
   * @param target the exact request target, with the context path
   */
  static String send(String method, String target, String... headers) {
    try (var socket = open(method, target, headers)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns only the first line of the answer: for a request whose body never comes. */
  static String status(String method, String target, String... headers) {
    try (var socket = open(method, target, headers);
        var reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      return String.valueOf(reader.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the answer to an arbitrary message, as far as it comes.
   *
   * @param message all of the request except the line and the header that end it
   * @param body the rest, well-formed or not
   */
  static String message(String message, String body) {
    try (var socket = open(message + "\r\nConnection: close\r\n\r\n" + body)) {
      return untilItEnds(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the beginning of the answer to such a request, which may come before its body is read.
   */
  static String firstAnswer(String message, String body) {
    try (var socket = open(message + "\r\n\r\n" + body)) {
      var buffer = new byte[8192];
      var length = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A server that does not read a body to its end may reset the connection after its answer.
  private static String untilItEnds(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(answer);
    } catch (SocketException reset) {
      // then this is all of it
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  private static Socket open(String method, String target, String... headers) throws IOException {
    var lines = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    lines.append("Host: ").append(Application.AUTHORITY).append("\r\n");
    for (var header : headers) {
      lines.append(header).append("\r\n");
    }
    return open(lines.append("Connection: close\r\n\r\n").toString());
  }

  private static Socket open(String message) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), Application.PORT);
    socket.setSoTimeout(MAX_MILLISECONDS);
    try {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException refused) {
      // in the middle of the body; what was answered may still be there to read
    }
    return socket;
  }
}
