package io.gatehouse.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs Jazzer on each target for a while, and writes what came of it into the table of a document:
 * {@code Campaign <directory> <seeds> <document> <seconds>}.
 */
public final class Campaign {
  private static final List<String> TARGETS =
      List.of(
          "io.gatehouse.internal.protocol.HandleFuzz",
          "io.gatehouse.internal.login.CookieFuzz",
          "io.gatehouse.internal.protocol.JwtFuzz",
          "io.gatehouse.internal.access.PathFuzz");
  private static final Pattern DONE =
      Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)");
  private static final Pattern RATE = Pattern.compile("stat::average_exec_per_sec:\\s+(\\d+)");
  private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units:\\s+(\\d+)");

  private final Path directory;
  private final Path seeds;
  private final int seconds;

  private Campaign(Path directory, Path seeds, int seconds) {
    this.directory = directory;
    this.seeds = seeds;
    this.seconds = seconds;
  }

  /** Fails if anything was found. */
  public static void main(String[] arguments) throws Exception {
    var campaign =
        new Campaign(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[3]));
    var rows = new ArrayList<String>();
    for (var target : TARGETS) {
      rows.add(campaign.run(target));
    }
    update(Path.of(arguments[2]), rows);
    if (rows.stream().anyMatch(it -> !it.endsWith("| 0 |"))) {
      throw new IllegalStateException("there are findings: see " + campaign.directory);
    }
  }

  private String run(String target) throws IOException, InterruptedException {
    var name = target.substring(target.lastIndexOf('.') + 1);
    var work = Files.createDirectories(directory.resolve(name));
    var corpus = Files.createDirectories(work.resolve("corpus"));
    var log = work.resolve("log");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=io.gatehouse.**:org.jose4j.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + seconds,
                "-max_len=2048",
                "-timeout=10",
                "-print_final_stats=1",
                "-dict=" + seeds.resolve(name + ".dict"),
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(seconds + 120L, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(target + " did not end: see " + log);
    }
    return row(name, Files.readString(log, StandardCharsets.UTF_8), process.exitValue());
  }

  private String row(String name, String log, int exit) {
    var done = DONE.matcher(log);
    var last = new String[] {"?", "?", "?"};
    while (done.find()) {
      last = new String[] {done.group(2), done.group(3), done.group(4)};
    }
    return "| `%s` | %d s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            seconds,
            grouped(RUNS, log),
            grouped(RATE, log),
            last[0],
            last[1],
            last[2],
            exit == 0 ? "0" : "exit " + exit);
  }

  private static String grouped(Pattern pattern, String log) {
    var found = pattern.matcher(log);
    return found.find() ? String.format(Locale.ROOT, "%,d", Long.parseLong(found.group(1))) : "?";
  }

  private static void update(Path document, List<String> rows) throws IOException {
    var lines = new ArrayList<String>();
    for (var line : Files.readAllLines(document)) {
      var row =
          rows.stream().filter(it -> line.startsWith(it.substring(0, it.indexOf('`', 3) + 1)));
      lines.add(row.findFirst().orElse(line));
    }
    Files.write(document, lines);
  }
}
