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

/** Answers that end too early, too late or never. All of them are bounded. */
public final class BrokenAnswers {
  private static final Duration MAX_SILENCE = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;

  private BrokenAnswers() {}

  /** Half of the answer, then the end of the connection. */
  public static RawAnswer half(String json) {
    var body = RawAnswer.ascii(json);
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", body.length));
      to.getOutputStream().write(body, 0, body.length / 2);
      to.getOutputStream().flush();
    };
  }

  /** All of the answer, announced as longer or shorter than it is. */
  public static RawAnswer announced(String json, long by) {
    var body = RawAnswer.ascii(json);
    return to -> {
      to.getOutputStream().write(RawAnswer.head(200, "application/json", body.length + by));
      to.getOutputStream().write(body);
      to.getOutputStream().flush();
    };
  }

  /** A reset in place of an answer. */
  public static RawAnswer reset() {
    return BrokenAnswers::reset;
  }

  private static void reset(Socket socket) throws SocketException {
    socket.setSoLinger(true, 0); // closing it is a reset then
  }

  /** The end of the connection in place of an answer. */
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

  /** The right answer, a byte a second. */
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

  /** A body of so many MiB, with its length or without an announced end. */
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

  /** Chunks that never end. */
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

  /** Says {@code 100 Continue} and nothing else. */
  public static RawAnswer interimAnswers(String line, int times) {
    return to ->
        RawAnswer.repeat(
            to.getOutputStream(), RawAnswer.ascii("HTTP/1.1 " + line + "\r\n\r\n"), times);
  }

  /** Headers of so many KiB, and then the right answer. */
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

  /** So many MiB of blanks, packed. */
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
