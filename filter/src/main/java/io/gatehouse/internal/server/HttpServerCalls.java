package io.gatehouse.internal.server;

import io.gatehouse.internal.message.FaultText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Calls through the JDK's HTTP client, with one deadline for the whole call, a bounded body and no
 * redirects.
 */
public final class HttpServerCalls implements ServerCalls, AutoCloseable {
  private static final int MAX_BYTES = 1 << 20;
  // RFC 8414 3.2 and RFC 7517 8.5.2
  private static final String METADATA_OR_KEYS = "application/json, application/jwk-set+json";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

  private final ExecutorService executor;
  private final HttpClient client;
  private final Duration deadline;

  /**
   * Creates the HTTP client and its threads.
   *
   * @param connectTimeout the maximum time for connecting
   * @param deadline the maximum time for a call, from connecting to the last byte of the body
   * @param trust the trusted certificates
   */
  public HttpServerCalls(Duration connectTimeout, Duration deadline, SSLContext trust) {
    this.executor =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "gatehouse-http");
              thread.setDaemon(true);
              thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
              return thread;
            });
    // HTTP/1.1: no call needs multiplexing, and over plain http HTTP/2 would begin with an upgrade.
    this.client =
        withoutApplication(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(shorter(connectTimeout, deadline.multipliedBy(9).dividedBy(10)))
                .sslContext(trust)
                .executor(executor));
    this.deadline = deadline;
  }

  // The client's own thread outlives the application by seconds. With the application's class
  // loader the thread would keep the whole application in memory for that time, and Tomcat would
  // warn of a leak.
  private static HttpClient withoutApplication(HttpClient.Builder builder) {
    var thread = Thread.currentThread();
    var application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return builder.build();
    } finally {
      thread.setContextClassLoader(application);
    }
  }

  // Connecting must time out before the deadline; otherwise a request that was never sent could not
  // be distinguished from a lost response.
  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public ServerResponse get(URI uri) throws LoginFailedException {
    return send(HttpRequest.newBuilder(uri).header("Accept", METADATA_OR_KEYS).GET());
  }

  @Override
  public ServerResponse post(URI uri, Map<String, String> form) throws LoginFailedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(FormEncoding.encode(form))));
  }

  private ServerResponse send(HttpRequest.Builder builder) throws LoginFailedException {
    var request = builder.build();
    var call = client.sendAsync(request, answer -> new BoundedBody());
    try {
      // HttpRequest.timeout ends with the headers; a body of one byte a second would outlive it.
      var response = call.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new ServerResponse(
          response.statusCode(),
          response.body(),
          retryAfter(response),
          response.headers().firstValue("Location"));
    } catch (TimeoutException e) {
      call.cancel(true);
      throw lost(request, "no whole answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TooLongException) {
        throw new LoginFailedException(
            Failure.INVALID_ANSWER,
            SecureUri.shown(request.uri()) + " answers with more than 1 MiB");
      }
      throw wasNeverSent(e.getCause())
          ? unavailable(request, FaultText.of(e.getCause()))
          : lost(request, FaultText.of(e.getCause()));
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw lost(request, "interrupted");
    }
  }

  // These failures happen before a connection exists, so the request was never sent.
  private static boolean wasNeverSent(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof SSLHandshakeException;
  }

  // Fetching a document twice does no harm, so only the response to a POST counts as lost.
  private static LoginFailedException lost(HttpRequest request, String why) {
    return request.method().equals("GET")
        ? unavailable(request, why)
        : new LoginFailedException(Failure.ANSWER_LOST, shown(request) + ": " + why);
  }

  private static LoginFailedException unavailable(HttpRequest request, String why) {
    return new LoginFailedException(Failure.UNAVAILABLE, shown(request) + ": " + why);
  }

  private static String shown(HttpRequest request) {
    return request.method() + " " + SecureUri.shown(request.uri());
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(it -> SECONDS.matcher(it).matches())
        .map(it -> Duration.ofSeconds(Math.min(Long.parseLong(it), 3600)))
        .orElse(Duration.ZERO);
  }

  /** Ends the threads, so that no object of the application remains after undeployment. */
  @Override
  public void close() {
    endClient();
    executor.shutdownNow();
  }

  // Java 21 and later can shut the client down. An older client ends when it becomes unreachable.
  private void endClient() {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (ReflectiveOperationException older) {
      // Java 17 has no such method
    }
  }

  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class BoundedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private Flow.Subscription subscription = new NoSubscription();

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (var buffer : buffers) {
        if (received.size() + buffer.remaining() > MAX_BYTES) {
          subscription.cancel();
          body.completeExceptionally(new TooLongException());
          return;
        }
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        received.write(bytes, 0, bytes.length);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(received.toByteArray());
    }
  }

  private record NoSubscription() implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
