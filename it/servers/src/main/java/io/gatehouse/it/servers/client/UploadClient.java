package io.gatehouse.it.servers.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Sends a large body on a socket of its own, whatever comes back before its end. */
public final class UploadClient {
  private static final int CHUNK = 64 * 1024;
  private static final int TIMEOUT = 8_000;
  private static final Pattern CONTINUE =
      Pattern.compile("\\AHTTP/1.1 100[^\r\n]*\r\n([^\r\n]+\r\n)*\r\n");
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("\nContent-Length: *([0-9]+)", Pattern.CASE_INSENSITIVE);

  private UploadClient() {}

  /**
   * The outcome of an upload.
   *
   * @param answer the response, as text; empty if the connection ended without one
   * @param sent the number of bytes of the body that the server's side has taken
   */
  public record Outcome(String answer, long sent) {
    /** Returns the status; 0 without a response. */
    public int status() {
      return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer, 9, 12, 10) : 0;
    }
  }

  /**
   * Sends a request with a body of this length.
   *
   * @param head the request line and headers, each with its line end, without {@code
   *     Content-Length}
   * @param inTheMiddle runs when half of the body is sent
   */
  public static Outcome send(int port, String head, long length, Runnable inTheMiddle) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT);
      var answer = CompletableFuture.supplyAsync(() -> read(socket));
      var sent = new AtomicLong();
      try {
        write(socket, head, length, sent, inTheMiddle);
      } catch (IOException closedByServer) {
        // the response may be there
      }
      return new Outcome(answer.join(), sent.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(
      Socket socket, String head, long length, AtomicLong sent, Runnable inTheMiddle)
      throws IOException {
    var out = socket.getOutputStream();
    out.write(
        (head + "Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    var chunk = new byte[CHUNK];
    var half = length / 2;
    while (sent.get() < length) {
      var next = (int) Math.min(CHUNK, length - sent.get());
      out.write(chunk, 0, next);
      if (sent.getAndAdd(next) < half && sent.get() >= half) {
        inTheMiddle.run();
      }
    }
  }

  private static String read(Socket socket) {
    var text = new StringBuilder();
    try {
      var in = socket.getInputStream();
      var buffer = new byte[CHUNK];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        if (isComplete(text)) {
          return text.toString(); // the connection may stay open
        }
      }
    } catch (IOException cut) {
      // what has come counts
    }
    return text.toString();
  }

  private static boolean isComplete(CharSequence text) {
    var answer = CONTINUE.matcher(text).replaceFirst("");
    var body = answer.indexOf("\r\n\r\n") + 4;
    if (body < 4) {
      return false;
    }
    var length = CONTENT_LENGTH.matcher(answer.substring(0, body));
    return length.find()
        ? answer.length() - body >= Integer.parseInt(length.group(1))
        : answer.endsWith("\r\n0\r\n\r\n");
  }
}
