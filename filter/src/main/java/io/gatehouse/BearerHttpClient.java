package io.gatehouse;

import io.gatehouse.bearer.UnlistedOrigins;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An HTTP client that sends the user's access token to the application's APIs (RFC 6750 section
 * 2.1), and to no other address. In all other respects it behaves as the client that it wraps.
 *
 * <p>A request gets the token only if its origin is in {@code gatehouse.api-origins} and it has no
 * {@code Authorization} header of its own. If the API refuses the token with 401 and another token
 * is available, a request without a body is sent once more with that token. A request with a body
 * is never repeated, because its body may be consumed. The body of such a 401 is held in memory
 * until the outcome is known. A WebSocket gets no token.
 *
 * <p>{@code send} throws {@link LoginNeededException} and {@link ServerUnavailableException}
 * unwrapped; the futures of {@code sendAsync} complete exceptionally with them. {@code sendAsync}
 * gets the token on the caller's thread.
 */
// Java 21 made HttpClient closeable. The inherited close() is right here: the wrapped client
// belongs to whoever created it.
public final class BearerHttpClient extends HttpClient {
  private interface Sending<T>
      extends BiFunction<HttpRequest, BodyHandler<T>, CompletableFuture<HttpResponse<T>>> {}

  private final HttpClient client;
  private final Tokens tokens;

  private BearerHttpClient(HttpClient client, Tokens tokens) {
    this.client = client;
    this.tokens = tokens;
  }

  /**
   * Returns a client that sends the token.
   *
   * @param client the client that sends the requests; it must not follow redirects, which is the
   *     default
   * @param tokens the tokens of the user; with {@code sendAsync} never the CDI bean, since a token
   *     is renewed on a thread without the request
   * @return a client that differs from the given one only in sending the token
   * @throws IllegalArgumentException if the client follows redirects: a redirect would carry the
   *     token to another origin
   */
  public static BearerHttpClient of(HttpClient client, Tokens tokens) {
    if (client.followRedirects() != Redirect.NEVER) {
      throw new IllegalArgumentException(
          "a client that follows redirects (here "
              + client.followRedirects()
              + ") takes the access token along to other origins: it must be Redirect.NEVER");
    }
    return new BearerHttpClient(client, tokens);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    var sent = authorized(request);
    if (sent.isEmpty()) {
      return client.send(request, handler);
    }
    var token = sent.get();
    if (!isRepeatable(request)) {
      return client.send(with(token, request), handler);
    }
    var held = new HeldRefusal<>(handler);
    var first = client.send(with(token, request), held);
    if (!held.isRefusal()) {
      return first;
    }
    var another = tokens.accessTokenInsteadOf(token);
    return another.isPresent()
        ? client.send(with(another.get(), request), handler)
        : await(held.released(first));
  }

  private static <T> T await(CompletionStage<T> body) throws IOException, InterruptedException {
    try {
      return body.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IOException("the body of the answer could not be read", e.getCause());
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return sendTokenAsync(request, handler, client::sendAsync);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushPromises) {
    return sendTokenAsync(request, handler, (it, body) -> client.sendAsync(it, body, pushPromises));
  }

  private <T> CompletableFuture<HttpResponse<T>> sendTokenAsync(
      HttpRequest request, BodyHandler<T> handler, Sending<T> sending) {
    Optional<String> sent;
    try {
      sent = authorized(request);
    } catch (LoginNeededException | ServerUnavailableException none) {
      return CompletableFuture.failedFuture(none);
    }
    if (sent.isEmpty()) {
      return sending.apply(request, handler);
    }
    var token = sent.get();
    if (!isRepeatable(request)) {
      return sending.apply(with(token, request), handler);
    }
    var held = new HeldRefusal<>(handler);
    return sending
        .apply(with(token, request), held)
        .thenCompose(
            first ->
                held.isRefusal()
                    ? afterRefusal(token, request, handler, sending, () -> held.released(first))
                    : CompletableFuture.completedFuture(first));
  }

  // A renewal calls the authorization server and may block, so it never runs on the client's own
  // threads.
  private <T> CompletableFuture<HttpResponse<T>> afterRefusal(
      String refused,
      HttpRequest request,
      BodyHandler<T> handler,
      Sending<T> sending,
      Supplier<CompletionStage<HttpResponse<T>>> refusal) {
    var another = new CompletableFuture<Optional<String>>();
    var executor = client.executor().orElseGet(another::defaultExecutor);
    return another
        .completeAsync(() -> tokens.accessTokenInsteadOf(refused), executor)
        .thenCompose(
            token ->
                token.isPresent()
                    ? sending.apply(with(token.get(), request), handler)
                    : refusal.get());
  }

  /** Returns the token to send with a request; empty if the request is sent unchanged. */
  private Optional<String> authorized(HttpRequest request) {
    if (request.headers().firstValue("Authorization").isPresent()) {
      return Optional.empty();
    }
    if (!tokens.mayGoTo(request.uri())) {
      UnlistedOrigins.OF_APPLICATION.note(request.uri());
      return Optional.empty();
    }
    return Optional.of(tokens.accessToken());
  }

  private static HttpRequest with(String token, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> true)
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private static boolean isRepeatable(HttpRequest request) {
    return request.bodyPublisher().map(it -> it.contentLength() == 0).orElse(true);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return client.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return client.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return client.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return client.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return client.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return client.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return client.authenticator();
  }

  @Override
  public Version version() {
    return client.version();
  }

  @Override
  public Optional<Executor> executor() {
    return client.executor();
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }
}
