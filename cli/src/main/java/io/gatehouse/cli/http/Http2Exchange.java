package io.gatehouse.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One HTTP/2 request (RFC 9113), by ALPN with TLS and with prior knowledge without TLS. Only the
 * status of the answer is read. Client libraries send no extended CONNECT (RFC 8441).
 */
public final class Http2Exchange {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"; // 3.4
  private static final int ENABLE_PUSH = 2;
  private static final int ENABLE_CONNECT_PROTOCOL = 8; // RFC 8441 3
  private static final int STREAM = 1;
  private static final byte CANCEL = 8;

  private final ApplicationUrl application;
  private final Duration deadline;

  /** The possible outcomes of a request. */
  public enum Outcome {
    /** The server has answered. */
    ANSWERED,
    /** The server has reset the stream or closed the connection. */
    REFUSED,
    /** The server does not speak HTTP/2. */
    NOT_SPOKEN,
    /** The server does not offer extended CONNECT. */
    NOT_OFFERED
  }

  /**
   * The result of a request.
   *
   * @param status 0 if there was no answer
   */
  public record Result(Outcome outcome, int status) {
    private static Result without(Outcome outcome) {
      return new Result(outcome, 0);
    }
  }

  public Http2Exchange(ApplicationUrl application, Duration deadline) {
    this.application = application;
    this.deadline = deadline;
  }

  /** Sends GET, as a program does. */
  public Result get(String target) throws UnreachableException {
    return exchange(headers("GET", target, "accept", "application/json"), Http2Frame.END_STREAM);
  }

  /** Asks for a WebSocket by extended CONNECT (RFC 8441 section 4). */
  public Result connect(String target) throws UnreachableException {
    return exchange(
        headers(
            "CONNECT",
            target,
            ":protocol",
            "websocket",
            "origin",
            application.origin().toString(),
            "sec-websocket-version",
            "13"),
        0);
  }

  private List<String> headers(String method, String target, String... more) {
    var headers = new ArrayList<>(List.of(":method", method));
    headers.addAll(List.of(":scheme", application.origin().getScheme()));
    headers.addAll(List.of(":authority", application.authority(), ":path", target));
    headers.addAll(List.of(more));
    return headers;
  }

  private Result exchange(List<String> headers, int endStream) throws UnreachableException {
    try (var connection = new Connection(application, deadline, "h2", "http/1.1")) {
      if (application.isTls() && !connection.protocol().equals("h2")) {
        return Result.without(Outcome.NOT_SPOKEN);
      }
      var frames = new Frames(connection);
      var settings = settings(connection, frames);
      if (settings.isEmpty()) {
        return Result.without(Outcome.NOT_SPOKEN);
      }
      var extended = headers.contains(":protocol");
      if (extended && settings.get().setting(ENABLE_CONNECT_PROTOCOL) != 1) {
        return Result.without(Outcome.NOT_OFFERED);
      }
      send(connection, Http2Frame.SETTINGS, Http2Frame.ACK, 0);
      var flags = Http2Frame.END_HEADERS | endStream;
      send(connection, Http2Frame.HEADERS, flags, STREAM, HeaderBlock.of(headers));
      var status = status(frames);
      end(connection);
      return status.isPresent()
          ? new Result(Outcome.ANSWERED, status.getAsInt())
          : Result.without(Outcome.REFUSED);
    } catch (IOException e) {
      throw UnreachableException.of(application.origin(), e);
    }
  }

  // A server without HTTP/2 closes the connection, or answers in HTTP/1.1 that this is not a valid
  // request.
  private static Optional<Http2Frame> settings(Connection connection, Frames frames)
      throws IOException {
    try {
      connection.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
      send(connection, Http2Frame.SETTINGS, 0, 0, new byte[] {0, ENABLE_PUSH, 0, 0, 0, 0});
      return frames.next().filter(it -> it.is(Http2Frame.SETTINGS, 0));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt status(Frames frames) throws IOException {
    var block = new ByteArrayOutputStream();
    for (var next = frames.next(); next.isPresent(); next = frames.next()) {
      var frame = next.get();
      if (frame.is(Http2Frame.RST_STREAM, STREAM) || frame.endsBefore(STREAM)) {
        return OptionalInt.empty();
      }
      if (frame.is(Http2Frame.HEADERS, STREAM) || frame.is(Http2Frame.CONTINUATION, STREAM)) {
        block.writeBytes(frame.headerBlock());
        if (frame.has(Http2Frame.END_HEADERS)) {
          var status = HeaderBlock.status(block.toByteArray());
          if (status.isEmpty()) {
            throw new FailedExchangeException("an answer over HTTP/2 without a status");
          }
          if (status.getAsInt() >= 200) { // RFC 9113 8.1: interim answers come before the final one
            return status;
          }
          block.reset();
        }
      }
    }
    return OptionalInt.empty();
  }

  // Everything that the request began, such as a WebSocket, ends at once.
  private static void end(Connection connection) {
    try {
      send(connection, Http2Frame.RST_STREAM, 0, STREAM, new byte[] {0, 0, 0, CANCEL});
      send(connection, Http2Frame.GOAWAY, 0, 0, new byte[8]);
    } catch (IOException e) {
      // the server has already ended it
    }
  }

  private static void send(Connection connection, int type, int flags, int stream, byte... payload)
      throws IOException {
    connection.write(new Http2Frame(type, flags, stream, payload).toBytes());
  }

  /** The frames that the server sends, one after another. */
  private static final class Frames {
    private final Connection connection;
    private byte[] bytes = {};

    Frames(Connection connection) {
      this.connection = connection;
    }

    /** Takes the next frame; empty at the end of the connection. */
    Optional<Http2Frame> next() throws IOException {
      while (!Http2Frame.isWhole(bytes)) {
        var more = connection.read();
        if (more.length == 0) {
          return Optional.empty();
        }
        var before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + more.length);
        System.arraycopy(more, 0, bytes, before, more.length);
      }
      var frame = Http2Frame.first(bytes);
      bytes = Arrays.copyOfRange(bytes, frame.size(), bytes.length);
      return Optional.of(frame);
    }
  }
}
