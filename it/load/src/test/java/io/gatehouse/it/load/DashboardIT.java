package io.gatehouse.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gatehouse.it.load.Dashboard.Panel;
import io.gatehouse.it.load.Prometheus.Series;
import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Grafana dashboard against the actual metrics: a real Prometheus watches an application under
 * load, and answers the queries of the dashboard's file.
 */
class DashboardIT {
  private static final Path FILE =
      Path.of(System.getProperty("dashboard.file", "../../docs/grafana-dashboard.json"));
  private static final int MAX_PANELS = 14;
  private static final int MAX_BYTES = 300_000;

  // Short enough to be refreshed during the day; a user's longest stay ends in it.
  private static final Duration LIFE = Duration.ofSeconds(16);
  private static final List<String> SETTINGS =
      List.of("-Dgatehouse.session.max-lifetime=1m", "-Dgatehouse.http.timeout=5s");

  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), ([a-z_]+)\\)");

  @TempDir private static Path directory;

  private static final Dashboard DASHBOARD = Dashboard.read(FILE);
  private static @Nullable Prometheus prometheus;
  private static @Nullable Day day;

  @BeforeAll
  static void watchADay() {
    var program = Prometheus.installed();
    assumeThat(program)
        .as("no prometheus on the PATH (Debian: apt-get install prometheus)")
        .isPresent();
    var port = ServerProcess.freePort();
    var options = new ArrayList<>(SETTINGS);
    options.addAll(LoadedServer.measured(port));
    prometheus = Prometheus.start(program.get(), directory, port);
    try (var approving = ApprovingServer.start(LIFE);
        var server = LoadedServer.start(directory, Variant.GATEHOUSE, approving, options)) {
      day = Day.live(server, Scale.seconds(120));
    }
  }

  @AfterAll
  static void stop() {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void everyQueryHasAnAnswerThatIsNotNothing() {
    var lines = new ArrayList<String>();
    var unanswered = new ArrayList<Dashboard.Query>();
    for (var query : DASHBOARD.queries()) {
      var series = range(query);
      lines.add(query.expression() + ": " + said(series));
      if (series.stream().noneMatch(Series::isSeen)) {
        unanswered.add(query);
      }
    }
    lines.add(day().logIns() + " logins ended well, " + day().failures() + " did not");
    System.getLogger("io.gatehouse.it").log(System.Logger.Level.INFO, String.join("\n", lines));
    assertThat(unanswered).isEmpty();
  }

  private static String said(List<Series> series) {
    return series.stream()
        .map(
            it ->
                "%s up to %.3f"
                    .formatted(
                        it.name(), it.values().values().stream().max(Double::compare).orElse(0.0)))
        .collect(Collectors.joining(", "));
  }

  @Test
  void everyVariableHasSomethingToSelectFrom() {
    assertThat(DASHBOARD.variables()).hasSize(3);
    for (var variable : DASHBOARD.variables()) {
      var parts = VARIABLE.matcher(variable);
      assertThat(parts.matches()).as(variable).isTrue();
      // The label of the filter is there only where an application has several.
      var label = parts.group(2).equals("gatehouse_filter") ? "job" : parts.group(2);
      assertThat(prometheus().labelValues(label, parts.group(1), day().begin(), day().end()))
          .as(variable)
          .hasSize(1);
    }
  }

  @Test
  void everyMetricIsShown() {
    var selector = "{__name__=~\"gatehouse_.*\"}";
    var names = prometheus().labelValues("__name__", selector, day().begin(), day().end());
    var shown =
        DASHBOARD.queries().stream()
            .map(Dashboard.Query::expression)
            .collect(Collectors.joining("\n"));
    assertThat(names).hasSizeGreaterThan(10);
    assertThat(names)
        .filteredOn(it -> !shown.contains(it.replaceAll("_(bucket|count|sum)$", "_")))
        .as("on no panel")
        .isEmpty();
  }

  @Test
  void everyPanelHasItsPlaceAndSaysWhatToDo() {
    var panels = DASHBOARD.panels().stream().filter(it -> !it.isRow()).toList();
    assertThat(panels).hasSizeBetween(1, MAX_PANELS);
    assertThat(panels)
        .allSatisfy(
            it -> {
              assertThat(it.unit()).as(it.title()).isNotEmpty();
              assertThat(it.description()).as(it.title()).hasSizeGreaterThan(40).endsWith(".");
            });
    for (var one : DASHBOARD.panels()) {
      assertThat(DASHBOARD.panels())
          .filteredOn(it -> it.position().overlaps(one.position()))
          .containsExactly(one);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "dashboard.update", matches = "true")
  void isPictured() throws IOException, InterruptedException {
    var shown = new HashMap<Panel, List<Series>>();
    for (var panel : DASHBOARD.panels()) {
      shown.put(panel, panel.queries().stream().flatMap(it -> range(it).stream()).toList());
    }
    var page = directory.resolve("dashboard.html");
    Files.writeString(page, DashboardPicture.of(DASHBOARD, shown, day().begin(), day().end()));
    var picture = FILE.toAbsolutePath().normalize().resolveSibling("grafana-dashboard.png");
    var chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + directory.resolve("chromium"),
                "--window-size=%d,%d"
                    .formatted(DashboardPicture.WIDTH, DashboardPicture.height(DASHBOARD)),
                "--screenshot=" + picture,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("chromium.log").toFile())
            .start();
    try {
      assertThat(chromium.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      chromium.destroyForcibly();
    }
    assertThat(Files.size(picture)).isBetween(1L, (long) MAX_BYTES);
  }

  private static List<Series> range(Dashboard.Query query) {
    return prometheus().range(query, day().begin(), day().end());
  }

  private static Prometheus prometheus() {
    if (prometheus == null) {
      throw new IllegalStateException("not started");
    }
    return prometheus;
  }

  private static Day day() {
    if (day == null) {
      throw new IllegalStateException("not lived");
    }
    return day;
  }
}
