package io.gatehouse.it.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * An authorization server that approves every request at once, and counts its calls. The server
 * checks nothing of a client, since its tests measure the cost of the client. Each refresh token
 * can be used once.
 */
public final class ApprovingServer implements AutoCloseable {
  public static final String CLIENT_ID = "flooded";

  private static final int THREADS = 64;

  private final SigningKey key = SigningKey.create();
  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
  private final Map<String, ApprovingMessages.Login> codes = new ConcurrentHashMap<>();
  private final Map<String, ApprovingMessages.Login> refreshTokens = new ConcurrentHashMap<>();
  private final List<Instant> keysFetched = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final Duration life;
  private volatile CountDownLatch well = new CountDownLatch(0);
  private final HttpServer server;
  private final ApprovingMessages messages;

  private ApprovingServer(HttpServer server, Duration life) {
    this.server = server;
    this.life = life;
    this.messages =
        new ApprovingMessages("http://127.0.0.1:" + server.getAddress().getPort(), life);
  }

  /**
   * Starts the server on loopback.
   *
   * @param life the lifetime of access tokens
   */
  public static ApprovingServer start(Duration life) {
    // Otherwise each answer waits for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      var address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
      var approving = new ApprovingServer(HttpServer.create(address, 0), life);
      approving.server.setExecutor(approving.threads);
      approving.server.createContext("/", approving::serve);
      approving.server.start();
      return approving;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String issuer() {
    return messages.issuer();
  }

  /** Returns the number of calls of a path, such as {@code /token}. */
  public long calls(String path) {
    return calls.computeIfAbsent(path, it -> new LongAdder()).sum();
  }

  /** Accepts requests for tokens from now on, without an answer. */
  public void hang() {
    well = new CountDownLatch(1);
  }

  /** Answers again, including the requests that were accepted before. */
  public void recover() {
    well.countDown();
  }

  /** Returns the largest number of simultaneous requests for tokens. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** Returns the times at which the keys were fetched. */
  public List<Instant> keysFetched() {
    return keysFetched;
  }

  /** Returns the number of all calls. */
  public long calls() {
    return calls.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Returns the number of calls of each path. */
  public Map<String, Long> callsByPath() {
    var counts = new TreeMap<String, Long>();
    calls.forEach((path, count) -> counts.put(path, count.sum()));
    return counts;
  }

  /** Approves a user's authorization request, and returns the address of the callback. */
  public URI approve(URI authorizationRequest, String subject) {
    var request = parameters(authorizationRequest.getRawQuery());
    var code = random();
    codes.put(code, new ApprovingMessages.Login(subject, request.getOrDefault("nonce", "")));
    return URI.create(
        request.get("redirect_uri") + "?code=" + code + "&state=" + request.get("state"));
  }

  /** Returns a logout token for a user's only session here. */
  public String logoutToken(String subject) {
    return key.sign(key.kid(), "logout+jwt", messages.logoutClaims(subject));
  }

  /** Returns the claims of a valid logout token. */
  public JsonObject logoutClaims(String subject) {
    return messages.logoutClaims(subject);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      calls.computeIfAbsent(path, it -> new LongAdder()).increment();
      var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      switch (path) {
        case "/.well-known/openid-configuration" -> answer(exchange, 200, messages.metadata());
        case "/jwks" -> {
          keysFetched.add(Instant.now());
          answer(exchange, 200, keys());
        }
        case "/token" -> {
          awaitWell();
          tokens(exchange, parameters(form));
        }
        case "/revoke" -> {
          refreshTokens.remove(parameters(form).getOrDefault("token", ""));
          answer(exchange, 200, JsonObject.EMPTY_JSON_OBJECT);
        }
        default -> answer(exchange, 404, JsonObject.EMPTY_JSON_OBJECT);
      }
    }
  }

  private void awaitWell() {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      if (!well.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody made it well");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private JsonObject keys() {
    return Json.createObjectBuilder().add("keys", Json.createArrayBuilder().add(key.jwk())).build();
  }

  private void tokens(HttpExchange exchange, Map<String, String> form) throws IOException {
    var login =
        form.containsKey("code")
            ? codes.remove(form.get("code"))
            : refreshTokens.remove(form.getOrDefault("refresh_token", ""));
    if (login == null) {
      answer(exchange, 400, Json.createObjectBuilder().add("error", "invalid_grant").build());
      return;
    }
    var refreshToken = random();
    refreshTokens.put(refreshToken, login);
    answer(
        exchange,
        200,
        Json.createObjectBuilder()
            .add("access_token", random())
            .add("token_type", "Bearer")
            .add("expires_in", life.toSeconds())
            .add("refresh_token", refreshToken)
            .add("id_token", key.sign(key.kid(), "JWT", messages.claims(login)))
            .build());
  }

  private static void answer(HttpExchange exchange, int status, JsonObject json)
      throws IOException {
    var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> parameters(String form) {
    var parameters = new HashMap<String, String>();
    for (var pair : form.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) {
        parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static String random() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
