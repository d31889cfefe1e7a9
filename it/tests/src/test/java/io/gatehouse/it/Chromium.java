package io.gatehouse.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The Chromium of the machine, without a window, driven by its DevTools protocol over a WebSocket.
 * It resolves no name but localhost.
 */
final class Chromium implements AutoCloseable {
  private static final int SECONDS = 30;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> OPTIONS =
      List.of(
          "--headless=new",
          "--no-sandbox", // containers do not let root have one; it opens pages of ours only
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-extensions",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run",
          "--no-proxy-server",
          "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
          "--hide-scrollbars",
          "--force-color-profile=srgb",
          "--lang=en",
          "--remote-debugging-port=0",
          "about:blank");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<String> loads = new LinkedBlockingQueue<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  private Chromium(Path program, Path directory) {
    var profile = directory.resolve("chromium");
    try {
      Files.createDirectories(profile);
      var command = new ArrayList<>(List.of(program.toString(), "--user-data-dir=" + profile));
      command.addAll(OPTIONS);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("chromium.log").toFile())
              .start();
      socket =
          http.newWebSocketBuilder()
              .buildAsync(pageAddress(profile.resolve("DevToolsActivePort")), new Listener())
              .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List.of("Page", "Runtime", "Log")
        .forEach(it -> send(it + ".enable", JsonValue.EMPTY_JSON_OBJECT));
  }

  /** The program, if the machine has one. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(directory -> NAMES.stream().map(Path.of(directory)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program, Path directory) {
    return new Chromium(program, directory);
  }

  // Chromium chooses the port and writes it down.
  private URI pageAddress(Path portFile) throws IOException {
    for (int i = 0; i < SECONDS * 5 && process.isAlive(); i++) {
      var lines = Files.exists(portFile) ? Files.readAllLines(portFile) : List.<String>of();
      if (lines.size() == 2) {
        var targets = URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list");
        var page = page(targets);
        if (page.isPresent()) {
          return page.get();
        }
      }
      ServerProcess.pause();
    }
    process.destroyForcibly();
    throw new IllegalStateException("chromium does not start");
  }

  private Optional<URI> page(URI targets) throws IOException {
    try {
      var list = http.send(HttpRequest.newBuilder(targets).build(), BodyHandlers.ofString()).body();
      try (var reader = Json.createReader(new StringReader(list))) {
        return reader.readArray().getValuesAs(JsonObject.class).stream()
            .filter(it -> it.getString("type").equals("page"))
            .map(it -> URI.create(it.getString("webSocketDebuggerUrl")))
            .findFirst();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Takes the protocol's messages: answers by their id, and the few events that matter. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try (var reader = Json.createReader(new StringReader(text.toString()))) {
          take(reader.readObject());
        }
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void take(JsonObject message) {
    if (message.containsKey("id")) {
      Optional.ofNullable(waiting.remove(message.getInt("id")))
          .ifPresent(it -> it.complete(message));
      return;
    }
    var params = message.getJsonObject("params");
    switch (message.getString("method")) {
      case "Page.loadEventFired" -> loads.add("loaded");
      case "Runtime.exceptionThrown" -> errors.add(params.toString());
      case "Runtime.consoleAPICalled" -> addIfError(params.getString("type"), params);
      case "Log.entryAdded" -> {
        var entry = params.getJsonObject("entry");
        addIfError(entry.getString("level"), entry);
      }
      default -> {}
    }
  }

  private void addIfError(String level, JsonObject entry) {
    if (level.equals("error")) {
      errors.add(entry.toString());
    }
  }

  private JsonObject send(String method, JsonObject params) {
    var id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    waiting.put(id, answer);
    var message =
        Json.createObjectBuilder()
            .add("id", id)
            .add("method", method)
            .add("params", params)
            .build();
    try {
      socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
      var result = answer.get(SECONDS, TimeUnit.SECONDS);
      if (result.containsKey("error")) {
        throw new IllegalStateException(method + ": " + result.get("error"));
      }
      return result.getJsonObject("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method, e);
    }
  }

  /** Opens a page, and waits until it and all that belongs to it is there. */
  Chromium open(URI page) {
    loads.clear();
    send("Page.navigate", Json.createObjectBuilder().add("url", page.toString()).build());
    return awaitLoad();
  }

  /** Clicks what leads to another page, and waits for that. */
  Chromium click(String id) {
    loads.clear();
    evaluate("document.getElementById('" + id + "').click()");
    return awaitLoad();
  }

  private Chromium awaitLoad() {
    try {
      if (loads.poll(SECONDS, TimeUnit.SECONDS) == null) {
        throw new IllegalStateException("no page");
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The value of an expression of JavaScript, as text. */
  String evaluate(String expression) {
    var params =
        Json.createObjectBuilder()
            .add("expression", "String(" + expression + ")")
            .add("returnByValue", true)
            .build();
    var answer = send("Runtime.evaluate", params);
    if (answer.containsKey("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.getJsonObject("result").getString("value");
  }

  /** {@code light} or {@code dark}, as the person's system would have it. */
  void preferColours(String scheme) {
    var feature =
        Json.createObjectBuilder().add("name", "prefers-color-scheme").add("value", scheme);
    send(
        "Emulation.setEmulatedMedia",
        Json.createObjectBuilder().add("features", Json.createArrayBuilder().add(feature)).build());
  }

  /** The whole page as a PNG, this wide, and as high as it is but no lower than that. */
  byte[] screenshot(int width, int leastHeight) {
    size(width, leastHeight);
    size(width, Integer.parseInt(evaluate("document.documentElement.scrollHeight")));
    return Base64.getDecoder()
        .decode(
            send("Page.captureScreenshot", Json.createObjectBuilder().add("format", "png").build())
                .getString("data"));
  }

  private void size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Json.createObjectBuilder()
            .add("width", width)
            .add("height", height)
            .add("deviceScaleFactor", 1)
            .add("mobile", false)
            .build());
  }

  /** What its console has had of errors since the last time. */
  List<String> takeErrors() {
    var taken = List.copyOf(errors);
    errors.clear();
    return taken;
  }

  // All of its processes: one that is left would go on to write where the test cleans up.
  @Override
  public void close() {
    socket.abort();
    var processes = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(it -> it.onExit().completeOnTimeout(it, SECONDS, TimeUnit.SECONDS).join());
  }
}
