package io.gatehouse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;

/**
 * A server of OpenID Connect, in the process of the tests, that approves every log-in at once. A
 * test replaces one of its answers by any bytes, or by none; whatever is not replaced is right.
 */
final class LyingServer implements AutoCloseable {
  /** What it can be asked for. */
  enum Endpoint {
    DISCOVERY("/.well-known/openid-configuration"),
    JWKS("/jwks"),
    AUTHORIZATION("/authorize"),
    TOKEN("/token"),
    /** Everything else: what nobody has to call. */
    TRAP("/trap");

    private final String path;

    Endpoint(String path) {
      this.path = path;
    }

    static Endpoint of(String target) {
      var path = target.split("[?]", 2)[0];
      return List.of(values()).stream().filter(it -> it.path.equals(path)).findFirst().orElse(TRAP);
    }
  }

  private static final int MOST_WAITING = 200;
  private static final int MOST_READING_MILLISECONDS = 5_000;

  private final ServerSocket listener;
  private final String issuer;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "lying-server");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<ReceivedCall> received = new CopyOnWriteArrayList<>();
  private final Map<Endpoint, Function<ReceivedCall, RawAnswer>> lies = new ConcurrentHashMap<>();
  private final Approvals approvals;
  private volatile ServerKey key = ServerKey.create("key-1");

  private LyingServer(ServerSocket listener, String origin) {
    this.listener = listener;
    this.issuer = origin + ":" + listener.getLocalPort();
    this.approvals = new Approvals(issuer);
    threads.execute(this::accept);
  }

  static LyingServer start() {
    return start(ServerSocketFactory.getDefault(), "http://127.0.0.1");
  }

  /** Starts it behind TLS. */
  static LyingServer start(ServerSocketFactory sockets, String origin) {
    try {
      var loopback = InetAddress.getLoopbackAddress();
      return new LyingServer(sockets.createServerSocket(0, MOST_WAITING, loopback), origin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        open.add(socket);
        threads.execute(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (var socket = connection) {
      socket.setSoTimeout(MOST_READING_MILLISECONDS);
      var call = ReceivedCall.read(socket.getInputStream());
      received.add(call);
      var lie = lies.get(call.endpoint());
      (lie == null ? right(call) : lie.apply(call)).write(socket);
    } catch (IOException gone) {
      // the other side has had enough, which is its right
    } finally {
      open.remove(connection);
    }
  }

  private RawAnswer right(ReceivedCall call) {
    return switch (call.endpoint()) {
      case DISCOVERY -> RawAnswer.json(metadata());
      case JWKS -> RawAnswer.json(key.jwks());
      case AUTHORIZATION -> RawAnswer.redirect(302, approvals.approve(call));
      case TOKEN -> RawAnswer.json(approvals.tokens(call, key, JwtDraft::signed));
      case TRAP -> RawAnswer.json(404, "{}");
    };
  }

  String issuer() {
    return issuer;
  }

  /** Its metadata, as they are right. */
  String metadata() {
    return metadata(issuer, issuer);
  }

  /** Metadata that name this issuer, with the endpoints of a server at this origin. */
  String metadata(String named, String origin) {
    return """
    {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token",\
    "jwks_uri":"%s/jwks","authorization_response_iss_parameter_supported":true}"""
        .formatted(named, origin, origin, origin);
  }

  ServerKey key() {
    return key;
  }

  /** Has a new key from now on, and the old one no more. */
  void rotateKey(String kid) {
    key = ServerKey.create(kid);
  }

  /** Answers so at this endpoint, until it is honest again. */
  void answer(Endpoint endpoint, RawAnswer answer) {
    lies.put(endpoint, it -> answer);
  }

  /** Has this for an ID token, in an answer that is right but for that. */
  void idToken(Function<JwtDraft, String> made) {
    lies.put(Endpoint.TOKEN, call -> RawAnswer.json(approvals.tokens(call, key, made)));
  }

  /** Has a token answer that is the right one changed so. */
  void tokenText(UnaryOperator<String> change) {
    token(it -> RawAnswer.json(change.apply(it)));
  }

  /** Has a token answer that is made of the right one's text. */
  void token(Function<String, RawAnswer> made) {
    lies.put(Endpoint.TOKEN, call -> made.apply(approvals.tokens(call, key, JwtDraft::signed)));
  }

  /** Answers right again. */
  void beHonest() {
    lies.clear();
  }

  /** How often each endpoint has been called so far. */
  Map<Endpoint, Integer> calls() {
    var calls = new EnumMap<Endpoint, Integer>(Endpoint.class);
    for (var endpoint : Endpoint.values()) {
      calls.put(endpoint, (int) received(endpoint).count());
    }
    return calls;
  }

  /** The calls of an endpoint. */
  Stream<ReceivedCall> received(Endpoint endpoint) {
    return received.stream().filter(it -> it.endpoint() == endpoint);
  }

  /** All that it has given away or been told and that may be in no log. */
  Set<String> secrets() {
    return approvals.secrets();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
