package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect server, in the process of the tests, that approves every login at once. A test
 * replaces one of the server's answers by any bytes, or by none; every other answer is valid.
 */
public final class LyingServer implements AutoCloseable {
  /** The endpoints of the server. */
  public enum Endpoint {
    DISCOVERY("/.well-known/openid-configuration"),
    JWKS("/jwks"),
    AUTHORIZATION("/authorize"),
    TOKEN("/token"),
    /** Every other path: no client needs to call it. */
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

  private static final int MAX_WAITING = 200;
  private static final int MAX_READING_MILLISECONDS = 5_000;

  private final int port;
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
  private volatile ServerSocket listener;
  private volatile @Nullable SSLContext tls;

  private LyingServer(String origin, @Nullable SSLContext tls) {
    this.tls = tls;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    this.issuer = origin + ":" + port;
    this.approvals = new Approvals(issuer);
    threads.execute(this::accept);
  }

  public static LyingServer start() {
    return new LyingServer("http://127.0.0.1", null);
  }

  /** Starts the server behind TLS, as localhost. */
  public static LyingServer start(SSLContext certificate) {
    return new LyingServer("https://localhost", certificate);
  }

  private static ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_WAITING);
      return socket;
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
    try (var socket = secured(connection)) {
      socket.setSoTimeout(MAX_READING_MILLISECONDS);
      var call = ReceivedCall.read(socket.getInputStream());
      received.add(call);
      var lie = lies.get(call.endpoint());
      (lie == null ? right(call) : lie.apply(call)).write(socket);
    } catch (IOException gone) {
      // the other side has closed the connection, which it may do
    } finally {
      open.remove(connection);
    }
  }

  private Socket secured(Socket socket) throws IOException {
    var context = tls;
    if (context == null) {
      return socket;
    }
    var secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, true);
    secured.setUseClientMode(false);
    return secured;
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

  public String issuer() {
    return issuer;
  }

  /** Returns the server's valid metadata. */
  public String metadata() {
    return metadata(issuer, issuer);
  }

  /** Returns metadata with this issuer, and the endpoints of a server at this origin. */
  public String metadata(String named, String origin) {
    return """
    {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token",\
    "jwks_uri":"%s/jwks","authorization_response_iss_parameter_supported":true}"""
        .formatted(named, origin, origin, origin);
  }

  public ServerKey key() {
    return key;
  }

  /** Replaces the key by a new one, from now on. */
  public void rotateKey(String kid) {
    key = ServerKey.create(kid);
  }

  /** Gives this answer at this endpoint, until {@link #beHonest}. */
  public void answer(Endpoint endpoint, RawAnswer answer) {
    lies.put(endpoint, it -> answer);
  }

  /** Replaces the ID token in an otherwise valid token answer. */
  public void idToken(Function<JwtDraft, String> made) {
    lies.put(Endpoint.TOKEN, call -> RawAnswer.json(approvals.tokens(call, key, made)));
  }

  /** Changes the text of the valid token answer. */
  public void tokenText(UnaryOperator<String> change) {
    token(it -> RawAnswer.json(change.apply(it)));
  }

  /** Replaces the token answer by one derived from the valid answer's text. */
  public void token(Function<String, RawAnswer> made) {
    lies.put(Endpoint.TOKEN, call -> made.apply(approvals.tokens(call, key, JwtDraft::signed)));
  }

  /** Presents this certificate from now on. */
  public void certificate(SSLContext certificate) {
    tls = certificate;
  }

  /** Accepts no connections, until {@link #comeBack}. */
  public void goDown() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void comeBack() {
    listener = listen(port);
    threads.execute(this::accept);
  }

  /** Returns the number of open connections; zero soon after the other side has given up. */
  public int openConnections() {
    return open.size();
  }

  /** Gives valid answers again. */
  public void beHonest() {
    lies.clear();
  }

  /** Returns the number of calls of each endpoint so far. */
  public Map<Endpoint, Integer> calls() {
    return Stream.of(Endpoint.values())
        .collect(Collectors.toMap(it -> it, it -> (int) received(it).count()));
  }

  /** Returns the calls of an endpoint. */
  Stream<ReceivedCall> received(Endpoint endpoint) {
    return received.stream().filter(it -> it.endpoint() == endpoint);
  }

  /** Returns all secrets that the server issued or received and that no log may contain. */
  public Set<String> secrets() {
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
