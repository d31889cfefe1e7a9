package io.gatehouse.it.servers.client;

import io.gatehouse.it.servers.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The client of a WebSocket. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private @Nullable WebSocket socket;

  private SocketClient() {}

  /**
   * Opens a WebSocket with the cookies of a browser.
   *
   * @param address its address, with the scheme http
   * @throws IllegalStateException if the handshake fails
   */
  public static SocketClient open(URI address, Browser browser, Map<String, String> headers) {
    var client = new SocketClient();
    var building = CLIENT.newWebSocketBuilder().connectTimeout(LONGEST);
    headers.forEach(building::header);
    building.header("Cookie", browser.cookieHeader(address));
    try {
      client.socket =
          building
              .buildAsync(URI.create("ws" + address.toString().substring("http".length())), client)
              .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
      return client;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    messages.add(text.toString());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  // A connection that ends without a close frame (RFC 6455 section 7.1.5).
  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  /** Sends a message, and returns the answer. */
  public String ask(String question) {
    Objects.requireNonNull(socket).sendText(question, true).join();
    return next();
  }

  /** Returns the next message. */
  public String next() {
    try {
      var message = messages.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
      return message == null ? "" : message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the code with which the server closes the socket; 0 if it stays open. */
  public int closeCode(Duration within) {
    try {
      return closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException open) {
      return 0;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void close() {
    Objects.requireNonNull(socket).abort();
  }
}
