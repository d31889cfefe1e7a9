package io.gatehouse.it.load;

import io.gatehouse.it.servers.ApprovingServer;
import io.gatehouse.it.servers.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;

/**
 * The start-up times of an application, in milliseconds, measured in a separate process.
 *
 * @param cold the first start in its JVM
 * @param warm later starts
 * @param warmWithout as many starts with nothing before the page, alternating with these
 */
record StartUp(double cold, List<Double> warm, List<Double> warmWithout) {
  private static final int ROUNDS = 5;

  /**
   * Measures, and prints a line for each start.
   *
   * @param arguments the variant, and an empty directory
   */
  public static void main(String[] arguments) throws Exception {
    var variant = Variant.valueOf(arguments[0]);
    var directory = Path.of(arguments[1]);
    var tomcat = LoadedTomcat.create(directory);
    tomcat.start();
    System.out.println("cold " + start(tomcat, variant, directory));
    for (int i = 0; i <= ROUNDS; i++) {
      var with = start(tomcat, variant, directory);
      var without = start(tomcat, Variant.BARE, directory);
      if (i > 0) { // the first one warms up
        System.out.println("warm " + with);
        System.out.println("without " + without);
      }
    }
    tomcat.stop();
  }

  private static double start(Tomcat tomcat, Variant variant, Path directory) {
    var application = Application.create(variant, directory);
    var start = System.nanoTime();
    tomcat.getHost().addChild(application); // which starts it
    var took = (System.nanoTime() - start) / 1e6;
    if (!application.getState().isAvailable()) {
      throw new IllegalStateException("the application has not started");
    }
    tomcat.getHost().removeChild(application);
    return took;
  }

  /** Measures in a new process, on the server's core. */
  static StartUp measure(Path directory, Variant variant, ApprovingServer approving) {
    var own = directory.resolve("start-" + variant + "-" + ServerProcess.freePort());
    var arguments = new ArrayList<>(LoadedServer.arguments(own, variant, approving, 1));
    arguments.addAll(
        List.of(StartUp.class.getName(), variant.name(), own.resolve("tomcat").toString()));
    try (var process =
        ServerProcess.start(
            own.resolve("output.log"), Map.of(), LoadedServer.javaOnItsCore(), arguments)) {
      if (!process.awaitEnd(Duration.ofMinutes(2))) {
        throw new IllegalStateException("does not end\n" + process.output());
      }
      var output = process.output();
      return new StartUp(
          numbers(output, "cold ").get(0), numbers(output, "warm "), numbers(output, "without "));
    }
  }

  private static List<Double> numbers(String output, String start) {
    var numbers =
        output
            .lines()
            .filter(it -> it.startsWith(start))
            .map(it -> Double.valueOf(it.substring(start.length())))
            .toList();
    if (numbers.isEmpty()) {
      throw new IllegalStateException(output);
    }
    return numbers;
  }

  /** Returns the difference between the medians of the warm starts and of those without. */
  double warmMore() {
    return Median.of(warm).middle() - Median.of(warmWithout).middle();
  }
}
