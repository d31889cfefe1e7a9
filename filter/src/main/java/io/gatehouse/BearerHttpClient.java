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
 * Sends the user's access token to the application's APIs (RFC 6750 section 2.1), and to nobody
 * else; otherwise it is the client that it was made of.
 *
 * <p>Only a request to one of {@code gatehouse.api-origins} gets the token, and only if it has no
 * {@code Authorization} header of its own. If the API refuses the token with 401 and another one is
 * to be had, a request without a body is sent once more with that one; a body may be gone after it
 * was sent once. The body of such a 401 is held in memory until that is known. A WebSocket gets no
 * token.
 *
 * <p>{@code send} throws {@link LoginNeededException} and {@link ServerUnavailableException} as
 * they are; the futures of {@code sendAsync} end with them. {@code sendAsync} gets the token on the
 * caller's thread.
 */
// Since Java 21 a client can be closed. What HttpClient itself does then is right here: nothing,
// since the client inside belongs to whoever made it.
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
   * A client that sends the token.
   *
   * @param client what sends it; it must not follow redirects, as by default it does not
   * @param tokens whose; with {@code sendAsync} never the bean that CDI injects, since a renewal is
   *     on a thread without the request
   * @return a client like that one in all but the token
   * @throws IllegalArgumentException if the client follows redirects: it would take the token along
   *     to another origin
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

  // A renewal is a call to the server: never on a thread that the client does its own work on.
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

  /** The token that a request gets; empty if it goes as it is. */
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
