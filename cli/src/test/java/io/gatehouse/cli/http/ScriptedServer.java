package io.gatehouse.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A server on loopback that writes the same bytes to whoever connects, and reads what comes. */
final class ScriptedServer implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofMillis(1_500);

  private static final int MAX_CALLS = 20;

  private final ServerSocket listener;
  private final Script script;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /** Plays the server on one connection. */
  interface Script {
    void play(Socket socket) throws IOException;
  }

  ScriptedServer(Script script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, MAX_CALLS, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var thread = new Thread(this::serve, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes the text, one byte for a character, and closes. */
  static ScriptedServer writing(String text) {
    return writing(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static ScriptedServer writing(byte[] bytes) {
    return new ScriptedServer(it -> it.getOutputStream().write(bytes));
  }

  private void serve() {
    for (int i = 0; i < MAX_CALLS; i++) {
      try (var socket = listener.accept()) {
        script.play(socket);
        socket.shutdownOutput();
        receive(socket);
      } catch (IOException gone) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void receive(Socket socket) throws IOException {
    socket.setSoTimeout(500);
    var bytes = socket.getInputStream().readNBytes(100_000);
    synchronized (received) {
      received.writeBytes(bytes);
    }
  }

  /** All that has come on connections that ended, one character for a byte. */
  String received() {
    synchronized (received) {
      return received.toString(StandardCharsets.ISO_8859_1);
    }
  }

  ApplicationUrl url() {
    return ApplicationUrl.parse("http://127.0.0.1:" + listener.getLocalPort() + "/shop");
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
