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
 * Keeps the body of a 401 back until it is known whether the request is sent once more. So the
 * application's own body handler sees one answer only: a file that it writes would otherwise begin
 * with the one and end with the other.
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

  @SuppressWarnings("NullAway") // a body may be null for HttpClient, and nobody sees this one
  private T hold(ResponseInfo info, byte[] body) {
    refusal = new Refusal(info, ByteBuffer.wrap(body).asReadOnlyBuffer());
    return null;
  }

  boolean isRefusal() {
    return refusal != null;
  }

  /** The refusal as the application's body handler reads it, since it stands. */
  CompletionStage<HttpResponse<T>> released(HttpResponse<T> first) {
    var held = refusal;
    if (held == null) {
      throw new IllegalStateException("there is no refusal to release");
    }
    var subscriber = application.apply(held.info());
    subscriber.onSubscribe(new AllAtOnce(held.body(), subscriber));
    return subscriber.getBody().thenApply(body -> new Refused<>(first, body));
  }

  /** Hands over a body that is in memory; called by one subscriber, from one thread at a time. */
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

  /** The first answer with the body that was held back. */
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

    /** As the JDK's own answers print. */
    @Override
    public String toString() {
      return first.toString();
    }
  }
}
