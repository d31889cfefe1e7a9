package io.gatehouse;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A body handler that holds back the body of a 401 until it is known whether the request is sent
 * once more. The application's own body handler thus sees one response only; otherwise a file that
 * the handler writes would begin with one response and end with the other.
 */
final class HeldRefusal<T> implements BodyHandler<T> {
  private record Refusal(ResponseInfo info, ByteBuffer body) {}

  private final BodyHandler<T> application;
  private volatile @Nullable Refusal refusal;

  HeldRefusal(BodyHandler<T> application) {
    this.application = application;
  }

  @Override
  public BodySubscriber<T> apply(ResponseInfo info) {
    return info.statusCode() == 401
        ? BodySubscribers.mapping(BodySubscribers.ofByteArray(), body -> hold(info, body))
        : application.apply(info);
  }

  @SuppressWarnings("NullAway") // HttpClient permits a null body, and callers read held instead
  private T hold(ResponseInfo info, byte[] body) {
    refusal = new Refusal(info, ByteBuffer.wrap(body).asReadOnlyBuffer());
    return null;
  }

  boolean isRefusal() {
    return refusal != null;
  }

  /**
   * Returns the refused response, its body read by the application's body handler, for a request
   * that is not repeated.
   */
  CompletionStage<HttpResponse<T>> released(HttpResponse<T> first) {
    var held = refusal;
    if (held == null) {
      throw new IllegalStateException("there is no refusal to release");
    }
    var subscriber = application.apply(held.info());
    subscriber.onSubscribe(new AllAtOnce(held.body(), subscriber));
    return subscriber.getBody().thenApply(body -> new Refused<>(first, body));
  }

  /** Delivers a body that is in memory. One subscriber calls it, from one thread at a time. */
  private static final class AllAtOnce implements Flow.Subscription {
    private final ByteBuffer body;
    private final BodySubscriber<?> to;
    private boolean done;

    AllAtOnce(ByteBuffer body, BodySubscriber<?> to) {
      this.body = body;
      this.to = to;
    }

    @Override
    public void request(long count) {
      if (done) {
        return;
      }
      done = true;
      if (body.hasRemaining()) {
        to.onNext(List.of(body));
      }
      to.onComplete();
    }

    @Override
    public void cancel() {
      done = true;
    }
  }

  /** The first response, with the body that was held back. */
  private record Refused<T>(HttpResponse<T> first, T body) implements HttpResponse<T> {
    @Override
    public int statusCode() {
      return first.statusCode();
    }

    @Override
    public HttpRequest request() {
      return first.request();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return first.previousResponse();
    }

    @Override
    public HttpHeaders headers() {
      return first.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return first.sslSession();
    }

    @Override
    public URI uri() {
      return first.uri();
    }

    @Override
    public Version version() {
      return first.version();
    }

    /** Prints the same text as the JDK's own responses. */
    @Override
    public String toString() {
      return first.toString();
    }
  }
}
