package io.gatehouse.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.Connection;
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

/**
 * The memory that strangers occupy, and the calls of a login and of a refresh at the authorization
 * server.
 */
class CostIT {
  private static final int STRANGERS = 20_000;
  private static final int LOOKS = 3;
  private static final double MAX_BYTES_KEPT = 8;
  private static final int LOG_INS = Scale.times(300);
  private static final int LOG_INS_BEFORE = Scale.times(300);

  @TempDir private Path directory;

  @BeforeAll
  static void takeCore() {
    Cores.find().takeGenerators();
  }

  @Test
  void strangersLeaveNeitherSessionNorMemory() {
    var lines = new ArrayList<String>();
    lines.add(
        "| before the page | bytes of heap kept for each anonymous request | sessions of 20,000 |");
    lines.add("|---|---|---|");
    var kept = new EnumMap<Variant, Double>(Variant.class);
    var sessions = new EnumMap<Variant, Long>(Variant.class);
    try (var approving = ApprovingServer.start(Duration.ofDays(1))) {
      for (var variant : Variant.compared()) {
        try (var server = LoadedServer.start(directory, variant, approving, List.of())) {
          kept.put(variant, kept(server));
          sessions.put(variant, server.sessions());
        }
        lines.add(
            String.format(
                Locale.ROOT,
                "| %s | %,.1f | %,d |",
                variant.label(),
                kept.get(variant),
                sessions.get(variant)));
      }
    }
    Report.write("kept", lines);
    assertThat(sessions.get(Variant.GATEHOUSE)).as("sessions").isZero();
    assertThat(kept.get(Variant.GATEHOUSE)).as("bytes kept").isLessThan(MAX_BYTES_KEPT);
  }

  // In the middle of some looks: what the JVM itself does at one time or another is not kept by
  // each.
  private static double kept(LoadedServer server) {
    ask(server, STRANGERS);
    var kept = new ArrayList<Double>();
    for (int i = 0; i < LOOKS; i++) {
      server.forget();
      var before = server.heap().usedKiB();
      ask(server, STRANGERS);
      kept.add((server.heap().usedKiB() - before) * 1024.0 / STRANGERS);
    }
    return Median.of(kept).middle();
  }

  private static void ask(LoadedServer server, int times) {
    var request = server.anonymous();
    try (var connection = new Connection(server.port())) {
      for (int i = 0; i < times; i++) {
        connection.send(request);
      }
    }
  }

  @Test
  void aLogInIsOneCallToTheServer() {
    var took = new EnumMap<Variant, Latencies>(Variant.class);
    var calls = new EnumMap<Variant, Map<String, Long>>(Variant.class);
    for (var variant : List.of(Variant.GATEHOUSE, Variant.PAC4J, Variant.SPRING)) {
      try (var approving = ApprovingServer.start(Duration.ofDays(1));
          var server = LoadedServer.start(directory, variant, approving, List.of());
          var connection = new Connection(server.port())) {
        logIn(server, connection, LOG_INS_BEFORE);
        var before = approving.callsByPath();
        took.put(variant, logIn(server, connection, LOG_INS));
        var after = approving.callsByPath();
        after.replaceAll((path, count) -> count - before.getOrDefault(path, 0L));
        after.values().removeIf(it -> it == 0);
        calls.put(variant, after);
      }
    }
    var lines = new ArrayList<String>();
    lines.add(
        "| before the page | calls to the server for a login | half within ms | 99 % within ms |");
    lines.add("|---|---|---|---|");
    took.forEach(
        (variant, latencies) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f |",
                    variant.label(),
                    said(calls.getOrDefault(variant, Map.of())),
                    latencies.millis(0.5),
                    latencies.millis(0.99))));
    Report.write("logins", lines);
    assertThat(calls.get(Variant.GATEHOUSE)).isEqualTo(Map.of("/token", (long) LOG_INS));
  }

  private static Latencies logIn(LoadedServer server, Connection connection, int times) {
    var latencies = new Latencies();
    for (int i = 0; i < times; i++) {
      var visitor = new Visitor(server, connection);
      visitor.logIn("user-" + i);
      latencies.add(visitor.waited().toNanos());
    }
    return latencies;
  }

  private static String said(Map<String, Long> calls) {
    var parts = new ArrayList<String>();
    calls.forEach(
        (path, count) ->
            parts.add(
                String.format(Locale.ROOT, "%.2f `%s`", (double) count / LOG_INS, path)
                    .replace(".00 ", " ")));
    return String.join(", ", parts);
  }
}
