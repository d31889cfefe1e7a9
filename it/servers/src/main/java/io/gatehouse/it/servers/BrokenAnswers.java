package io.gatehouse.it.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Answers that end too early, too late or never. All are bounded. */
public final class BrokenAnswers {
  private static final Duration MAX_SILENCE = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;

  private BrokenAnswers() {}

  /** Sends half of the answer, then closes the connection. */
  public static RawAnswer half(String json) {
    var body = RawAnswer.ascii(json);
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", body.length));
      to.getOutputStream().write(body, 0, body.length / 2);
      to.getOutputStream().flush();
    };
  }

  /** Sends the whole answer, announced as longer or shorter than it is. */
  public static RawAnswer announced(String json, long by) {
    var body = RawAnswer.ascii(json);
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", body.length + by));
      to.getOutputStream().write(body);
      to.getOutputStream().flush();
    };
  }

  /** Resets the connection instead of answering. */
  public static RawAnswer reset() {
    return BrokenAnswers::reset;
  }

  private static void reset(Socket socket) throws SocketException {
    socket.setSoLinger(true, 0); // turns the close into a reset
  }

  /** Closes the connection instead of answering. */
  public static RawAnswer nothing() {
    return to -> {};
  }

  public static RawAnswer silence() {
    return BrokenAnswers::awaitEnd;
  }

  public static RawAnswer silenceAfterHead() {
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", 100));
      to.getOutputStream().flush();
      awaitEnd(to);
    };
  }

  /** Sends the valid answer, one byte per second. */
  public static RawAnswer drip(String json) {
    var body = RawAnswer.ascii(json);
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", body.length));
      for (int i = 0; i < Math.min(body.length, MAX_SILENCE.toSeconds()); i++) {
        to.getOutputStream().write(body[i]);
        to.getOutputStream().flush();
        if (isOver(to, 1_000)) {
          return;
        }
      }
    };
  }

  private static void awaitEnd(Socket socket) throws IOException {
    isOver(socket, (int) MAX_SILENCE.toMillis());
  }

  private static boolean isOver(Socket socket, int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillThere) {
      return false;
    }
  }

  /** Sends a body of the given number of MiB, with its length or without an announced end. */
  public static RawAnswer longBody(int mib, boolean announced) {
    var block = new byte[MIB];
    Arrays.fill(block, (byte) ' ');
    return to -> {
      var out = to.getOutputStream();
      out.write(
          announced
              ? RawAnswer.head(200, "application/json", (long) mib * MIB)
              : headWithoutLength("Content-Type: application/json"));
      RawAnswer.repeat(out, block, mib);
    };
  }

  /** Sends endless chunks. */
  public static RawAnswer endlessChunks() {
    var chunk = RawAnswer.ascii("1000\r\n" + " ".repeat(0x1000) + "\r\n");
    return to -> {
      to.getOutputStream().write(headWithoutLength("Transfer-Encoding: chunked"));
      RawAnswer.repeat(to.getOutputStream(), chunk, 50_000);
    };
  }

  private static byte[] headWithoutLength(String header) {
    return RawAnswer.ascii("HTTP/1.1 200 OK\r\n" + header + "\r\nConnection: close\r\n\r\n");
  }

  /** Sends interim answers, such as {@code 100 Continue}, and nothing else. */
  public static RawAnswer interimAnswers(String line, int times) {
    return to ->
        RawAnswer.repeat(
            to.getOutputStream(), RawAnswer.ascii("HTTP/1.1 " + line + "\r\n\r\n"), times);
  }

  /** Sends headers of the given number of KiB, and then the valid answer. */
  public static RawAnswer hugeHead(int kib, String json) {
    var line = RawAnswer.ascii("X-Long: " + "x".repeat(1014) + "\r\n");
    return to -> {
      to.getOutputStream().write(RawAnswer.ascii("HTTP/1.1 200 OK\r\n"));
      RawAnswer.repeat(to.getOutputStream(), line, kib);
      to.getOutputStream()
          .write(
              RawAnswer.ascii(
                  "Content-Length: " + json.length() + "\r\nConnection: close\r\n\r\n" + json));
      to.getOutputStream().flush();
    };
  }

  /** Sends the given number of MiB of blanks, compressed. */
  public static RawAnswer gzipBomb(int mib) {
    return RawAnswer.whole(200, "application/json", packed(mib), "Content-Encoding: gzip");
  }

  private static byte[] packed(int mib) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      RawAnswer.repeat(gzip, RawAnswer.ascii(" ".repeat(MIB)), mib);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
