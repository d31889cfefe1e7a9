package io.gatehouse.benchmarks;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks and writes their results. Arguments are those of JMH. */
final class Benchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  // In the order of the document, each with its bar.
  private static final Map<String, String> BARS = new LinkedHashMap<>();

  static {
    BARS.put("AuthenticatedRequest.sessionAttribute, 1000 sessions", "");
    BARS.put("AuthenticatedRequest.sessionAttribute, 100000 sessions", "");
    BARS.put("AuthenticatedRequest.throughTheFilter, 1000 sessions", "500 ns, 500 bytes");
    BARS.put("AuthenticatedRequest.throughTheFilter, 100000 sessions", "500 ns, 500 bytes");
    BARS.put("AuthenticatedRequest.nothing, 1000 sessions", "");
    BARS.put("AuthenticatedRequest.listenerMarkAndTripwire, 1000 sessions", "150 ns more, 0 bytes");
    BARS.put("AuthenticatedRequest.throughListenerAndFilter, 1000 sessions", "1 us");
    BARS.put("AuthenticatedRequest.withPathsThatAskForRoles, 1000 sessions", "500 ns, 500 bytes");
    BARS.put("AuthenticatedRequest.withPathsThatAskForRoles, 100000 sessions", "500 ns, 500 bytes");
    BARS.put("RequiredOfRequest.knownPath", "200 ns, 0 bytes");
    BARS.put("RequiredOfRequest.newPath", "");
    BARS.put("RawCryptography.es256", "");
    BARS.put("RawCryptography.hmac", "");
    BARS.put("RawCryptography.aesGcm", "");
    BARS.put("RawCryptography.random", "");
    BARS.put("AnonymousRequest.redirect", "30 us, a tenth of es256");
    BARS.put("RequestObject.signed", "90 % of es256 a second");
    BARS.put("RequestObject.fetchedAgain", "");
    BARS.put("RequestObject.refused", "10 us");
  }

  private Benchmarks() {}

  public static void main(String[] arguments)
      throws IOException, ServletException, RunnerException, CommandLineOptionException {
    var options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .addProfiler(GCProfiler.class)
            .build();
    var results = new LinkedHashMap<String, RunResult>();
    new Runner(options).run().forEach(it -> results.put(name(it), it));
    var es256 = results.get("RawCryptography.es256");
    var lines = new ArrayList<String>();
    BARS.forEach(
        (name, bar) -> {
          var result = results.get(name);
          if (result != null) {
            lines.add(line(name, result, bar, es256 == null ? Double.NaN : score(es256)));
          }
        });
    Document.write("benchmarks on Java " + Runtime.version().feature(), lines);
    var size = SessionSize.measured();
    Document.write(
        "size on Java " + Runtime.version().feature(),
        List.of(
            "| retained, less its tokens | %,d bytes | 1,024 bytes |".formatted(size.retained()),
            "| serialized, less its tokens | %,d bytes | 512 bytes |"
                .formatted(size.serialized())));
  }

  private static String name(RunResult result) {
    var parts = result.getParams().getBenchmark().split("\\.", -1);
    var sessions = result.getParams().getParam("sessions");
    return parts[parts.length - 2]
        + "."
        + parts[parts.length - 1]
        + (sessions == null ? "" : ", " + sessions + " sessions");
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static String line(String name, RunResult result, String bar, double es256) {
    var time = result.getPrimaryResult();
    var allocated = result.getSecondaryResults().get(ALLOCATED);
    var isOfCryptography = time.getScoreUnit().startsWith("us");
    return String.format(
        Locale.ROOT,
        "| `%s` | %.2f ± %.2f %s | %s | %s | %s |",
        name,
        time.getScore(),
        time.getScoreError(),
        time.getScoreUnit().replace("/op", ""),
        allocated == null ? "" : "%,d bytes".formatted(Math.round(allocated.getScore())),
        isOfCryptography && !Double.isNaN(es256)
            ? String.format(Locale.ROOT, "%.3f", time.getScore() / es256)
            : "",
        bar);
  }
}
