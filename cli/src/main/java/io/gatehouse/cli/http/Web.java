package io.gatehouse.cli.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * HTTP calls as the filter makes them: HTTP/1.1, no redirect, one deadline for the whole call, a
 * bounded body. Unlike the filter, this class keeps the whole answer for inspection.
 */
public final class Web implements AutoCloseable {
  private static final int MAX_BYTES = 1 << 20;

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "gatehouse-web");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client;
  private final Duration deadline;

  public Web(Duration connectTimeout, Duration deadline, SSLContext trust) {
    this(HttpClient.newBuilder(), HttpClient.Version.HTTP_1_1, connectTimeout, deadline, trust);
  }

  private Web(
      HttpClient.Builder builder,
      HttpClient.Version version,
      Duration connectTimeout,
      Duration deadline,
      SSLContext trust) {
    client =
        builder
            .version(version)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .sslContext(trust)
            .executor(executor)
            .build();
    this.deadline = deadline;
  }

  /**
   * Returns a client that offers HTTP/2, by ALPN or by an upgrade, and uses no proxy, so that no
   * other host is called.
   */
  public static Web offeringHttp2(Duration deadline, SSLContext trust) {
    var builder = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
    return new Web(builder, HttpClient.Version.HTTP_2, deadline, deadline, trust);
  }

  /**
   * Sends a request.
   *
   * @throws UnreachableException if no whole answer came in time
   */
  public WebAnswer send(HttpRequest request) throws UnreachableException {
    var call = executor.submit(() -> exchange(request));
    try {
      return call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new UnreachableException(
          request.uri(), "no whole answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw UnreachableException.of(request.uri(), e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreachableException(request.uri(), "interrupted");
    }
  }

  /** Sends a GET request, like {@link #send}. */
  public WebAnswer get(URI uri, String accept) throws UnreachableException {
    return send(HttpRequest.newBuilder(uri).header("Accept", accept).build());
  }

  private WebAnswer exchange(HttpRequest request) throws IOException, InterruptedException {
    var sent = Instant.now();
    var response = client.send(request, BodyHandlers.ofInputStream());
    try (var stream = response.body()) {
      var body = stream.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new FailedExchangeException("an answer of more than 1 MiB");
      }
      return new WebAnswer(
          request.uri(), response.statusCode(), response.headers(), body, sent, Instant.now());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
