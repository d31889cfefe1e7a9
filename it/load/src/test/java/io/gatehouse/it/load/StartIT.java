package io.gatehouse.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start-up time of an application, and the waiting time of its first visitor. */
class StartIT {
  private static final int PROCESSES = Scale.times(5);

  @TempDir private Path directory;

  @BeforeAll
  static void takeCore() {
    Cores.find().takeGenerators();
  }

  @Test
  void startsWithoutACallToTheServer() {
    var all = new EnumMap<Variant, List<StartUp>>(Variant.class);
    var calls = new EnumMap<Variant, Long>(Variant.class);
    try (var approving = ApprovingServer.start(Duration.ofDays(1))) {
      for (int i = 0; i < PROCESSES; i++) {
        for (var variant : Variant.compared()) {
          var before = approving.calls();
          all.computeIfAbsent(variant, it -> new ArrayList<>())
              .add(StartUp.measure(directory, variant, approving));
          calls.merge(variant, approving.calls() - before, Long::sum);
        }
      }
    }
    var lines = new ArrayList<String>();
    lines.add(
        "| before the page | first start in a JVM, ms | of it for what stands before | later starts: more than without, ms | calls to the server |");
    lines.add("|---|---|---|---|---|");
    var bare = cold(all, Variant.BARE);
    for (var variant : Variant.compared()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.0f | %s | %d |",
              variant.label(),
              cold(all, variant).said("%.0f"),
              cold(all, variant).middle() - bare.middle(),
              Median.of(of(all, variant).stream().map(StartUp::warmMore).toList()).said("%.1f"),
              calls.get(variant)));
    }
    Report.write("start", lines);
    assertThat(calls.get(Variant.GATEHOUSE)).as("calls to the server").isZero();
  }

  private static Median cold(Map<Variant, List<StartUp>> all, Variant variant) {
    return Median.of(of(all, variant).stream().map(StartUp::cold).toList());
  }

  private static <T> List<T> of(Map<Variant, List<T>> all, Variant variant) {
    return all.getOrDefault(variant, List.of());
  }

  @Test
  void theFirstVisitorWaitsForTheMetadataAndNothingElse() {
    var all = new EnumMap<Variant, List<Double>>(Variant.class);
    var calls = new EnumMap<Variant, Long>(Variant.class);
    try (var approving = ApprovingServer.start(Duration.ofDays(1))) {
      warmUp(approving);
      for (int i = 0; i < PROCESSES; i++) {
        for (var variant : Variant.compared()) {
          try (var server = LoadedServer.start(directory, variant, approving, List.of());
              var connection = new Connection(server.port())) {
            var before = approving.calls();
            var start = System.nanoTime();
            var answer = connection.send(server.anonymous());
            var took = (System.nanoTime() - start) / 1e6;
            assertThat(answer.status()).isEqualTo(variant == Variant.BARE ? 200 : 302);
            all.computeIfAbsent(variant, it -> new ArrayList<>()).add(took);
            calls.put(variant, approving.calls() - before);
          }
        }
      }
    }
    var lines = new ArrayList<String>();
    lines.add("| before the page | first anonymous request, ms | calls to the server |");
    lines.add("|---|---|---|");
    for (var variant : Variant.compared()) {
      lines.add(
          "| %s | %s | %d |"
              .formatted(
                  variant.label(), Median.of(of(all, variant)).said("%.0f"), calls.get(variant)));
    }
    Report.write("first", lines);
    assertThat(calls.get(Variant.GATEHOUSE)).as("calls to the server").isEqualTo(1);
  }

  // So that it is not the server of the metadata that is cold.
  private static void warmUp(ApprovingServer approving) {
    try (var connection = new Connection(URI.create(approving.issuer()).getPort())) {
      for (int i = 0; i < 50; i++) {
        connection.send(
            "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
      }
    }
  }
}
