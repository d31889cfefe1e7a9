package io.gatehouse.it.servers.client;

import io.gatehouse.it.servers.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The client of an event stream. */
public final class StreamClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<Stream<String>> response;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  private StreamClient(HttpResponse<Stream<String>> response) {
    this.response = response;
    var reading = new Thread(this::read, "stream");
    reading.setDaemon(true);
    reading.start();
  }

  /** Opens a stream with the cookies of a browser. */
  public static StreamClient open(URI address, Browser browser) {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "text/event-stream")
            .header("Cookie", browser.cookieHeader(address))
            .build();
    try {
      return new StreamClient(CLIENT.send(request, BodyHandlers.ofLines()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try {
      response.body().filter(it -> !it.isBlank()).forEach(lines::add);
    } catch (UncheckedIOException cut) {
      // ended in another way
    } finally {
      ended.complete(true);
    }
  }

  public HttpResponse<?> response() {
    return response;
  }

  /** Returns the next line that is not empty; an empty text if none comes. */
  public String next() throws InterruptedException {
    var line = lines.poll(20, TimeUnit.SECONDS);
    return line == null ? "" : line;
  }

  /** Returns whether the stream ends within a time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    try {
      return ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException open) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
