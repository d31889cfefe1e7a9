package io.gatehouse.it.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The client of a WebSocket that costs no thread and hardly any memory. */
final class RawSocket implements AutoCloseable {
  private static final int CLOSE = 0x88;
  private static final int TEXT = 0x81;

  private final SocketChannel channel;
  private final String greeting;

  private RawSocket(SocketChannel channel, String greeting) {
    this.channel = channel;
    this.greeting = greeting;
  }

  /** Opens a socket, and waits for its first message. */
  static RawSocket open(int port, String path, String cookie) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: "
            + cookie
            + "\r\n\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    var greeting = greeting(channel);
    channel.configureBlocking(false);
    return new RawSocket(channel, greeting);
  }

  private static String greeting(SocketChannel channel) throws IOException {
    var answer = ByteBuffer.allocate(4096);
    while (true) {
      if (channel.read(answer) < 0) {
        throw new IOException("no handshake: " + text(answer, 0, answer.position()));
      }
      var head = text(answer, 0, answer.position()).indexOf("\r\n\r\n");
      if (head < 0) {
        continue;
      }
      if (!text(answer, 0, 12).equals("HTTP/1.1 101")) {
        throw new IOException("no handshake: " + text(answer, 0, head));
      }
      var frame = head + 4;
      var length = answer.position() > frame + 1 ? answer.get(frame + 1) : 0;
      if (length > 0 && answer.position() >= frame + 2 + length) {
        if ((answer.get(frame) & 0xFF) != TEXT) {
          throw new IOException("no message: " + (answer.get(frame) & 0xFF));
        }
        return text(answer, frame + 2, length);
      }
    }
  }

  private static String text(ByteBuffer buffer, int from, int length) {
    var bytes = new byte[Math.min(length, buffer.capacity() - from)];
    buffer.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  String greeting() {
    return greeting;
  }

  /** Returns the code with which the server has closed the socket; 0 while it is open. */
  int closeCode() throws IOException {
    var frame = ByteBuffer.allocate(256);
    var read = channel.read(frame);
    if (read == 0) {
      return 0;
    }
    return read >= 4 && (frame.get(0) & 0xFF) == CLOSE
        ? frame.getShort(2)
        : 1006; // RFC 6455 section 7.4.1: closed without a close frame
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
