package io.gatehouse.it.load;

import io.gatehouse.it.servers.ServerProcess;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's own Prometheus, a process on loopback that reads one server every second. */
final class Prometheus implements AutoCloseable {
  private static final int SECONDS = 60;

  private static final String SETTINGS =
      """
      global:
        scrape_interval: 1s
        scrape_timeout: 1s
      scrape_configs:
        - job_name: shop
          static_configs:
            - targets: ['127.0.0.1:%d']
              labels: {instance: node-1}
      """;

  /**
   * A series of a query's result.
   *
   * @param values by the second since the epoch
   */
  record Series(String name, NavigableMap<Long, Double> values) {
    /** Returns whether any value is above zero. */
    boolean isSeen() {
      return values.values().stream().anyMatch(it -> it > 0);
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private Prometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Returns the program, if the machine has one. */
  static Optional<Path> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(it -> Path.of(it, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts Prometheus, and waits until it answers.
   *
   * @param directory for all its files
   * @param read the loopback port of the metrics
   */
  static Prometheus start(Path program, Path directory, int read) {
    try {
      var settings =
          Files.writeString(directory.resolve("prometheus.yml"), SETTINGS.formatted(read));
      var port = ServerProcess.freePort();
      var process =
          new ProcessBuilder(
                  program.toString(),
                  "--config.file=" + settings,
                  "--storage.tsdb.path=" + directory.resolve("prometheus"),
                  "--web.listen-address=127.0.0.1:" + port,
                  "--log.level=warn")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("prometheus.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      var prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
      prometheus.awaitReady();
      return prometheus;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    for (int i = 0; i < SECONDS * 5 && process.isAlive(); i++) {
      try {
        get("/-/ready");
        return;
      } catch (IllegalStateException | UncheckedIOException notYet) {
        ServerProcess.pause();
      }
    }
    close();
    throw new IllegalStateException("prometheus does not start");
  }

  /** Returns the series of a query, with a value for each second in which they have one. */
  List<Series> range(Dashboard.Query query, Instant from, Instant to) {
    var result =
        data("query_range?step=1&start=%d&end=%d&query=%s", from, to, query.expression())
            .asJsonObject()
            .getJsonArray("result");
    var all = new ArrayList<Series>();
    for (var series : result.getValuesAs(JsonObject.class)) {
      var values = new TreeMap<Long, Double>();
      for (var value : series.getJsonArray("values").getValuesAs(JsonArray.class)) {
        var number = Double.parseDouble(value.getString(1).replace("+Inf", "Infinity"));
        if (Double.isFinite(number)) { // a share of nothing is none
          values.put(value.getJsonNumber(0).longValue(), number);
        }
      }
      all.add(new Series(Dashboard.name(query.legend(), series.getJsonObject("metric")), values));
    }
    return all;
  }

  /** Returns the values of a label, in the selected series. */
  List<String> labelValues(String label, String selector, Instant from, Instant to) {
    return data("label/" + label + "/values?start=%d&end=%d&match[]=%s", from, to, selector)
        .asJsonArray()
        .getValuesAs(JsonString.class)
        .stream()
        .map(JsonString::getString)
        .toList();
  }

  private JsonValue data(String path, Instant from, Instant to, String expression) {
    var query =
        path.formatted(
            from.getEpochSecond(),
            to.getEpochSecond(),
            URLEncoder.encode(expression, StandardCharsets.UTF_8));
    try (var reader =
        Json.createReader(new StringReader(get("/api/v1/" + query.replace("[]", "%5B%5D"))))) {
      return reader.readObject().getOrDefault("data", JsonValue.NULL);
    }
  }

  private String get(String path) {
    var request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(SECONDS)).build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
