package io.gatehouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** An API on loopback that takes some access tokens, and keeps what it was asked. */
public final class LoopbackApi implements AutoCloseable {
  /**
   * A received request.
   *
   * @param authorization the header, or {@code none}
   */
  public record Asked(String method, String path, String authorization, String body) {}

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private String redirect = "";
  private int refusal = 401;

  /** An API that takes these tokens, and refuses every other request. */
  public LoopbackApi(String... tokens) throws IOException {
    taken.addAll(List.of(tokens));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Refuses with this status instead of 401. */
  public LoopbackApi refusingWith(int status) {
    refusal = status;
    return this;
  }

  public LoopbackApi redirectingTo(URI address) {
    redirect = address.toString();
    return this;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders?q=canary");
  }

  public List<Asked> asked() {
    return asked;
  }

  public List<String> authorizations() {
    return asked.stream().map(Asked::authorization).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var given =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "none");
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), given, body));
    var isTaken = taken.stream().anyMatch(it -> given.equals("Bearer " + it));
    exchange.getResponseHeaders().add("X-Answer", isTaken ? "taken" : "refused");
    if (!redirect.isEmpty()) {
      exchange.getResponseHeaders().add("Location", redirect);
      send(exchange, 302, "elsewhere");
    } else if (isTaken) {
      send(exchange, 200, "hello");
    } else {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      send(exchange, refusal, "refused: " + given);
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (accepted != null && accepted.contains("gzip")) {
      exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      var compressed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(compressed)) {
        gzip.write(bytes);
      }
      bytes = compressed.toByteArray();
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
