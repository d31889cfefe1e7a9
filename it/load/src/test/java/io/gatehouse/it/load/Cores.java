package io.gatehouse.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One core for the server and another one for the load generator, so that the server is the
 * bottleneck. Without {@code taskset}, or with one core only, both have all cores.
 *
 * @param count the number of cores
 * @param server the server's core, or an empty text
 * @param generator the load generator's core, or an empty text
 */
record Cores(int count, String server, String generator) {
  private static final Path STATUS = Path.of("/proc/self/status");

  // Looked up once: later, this process is limited to one core and would find only that one.
  private static final Cores FOUND = found();

  static Cores find() {
    return FOUND;
  }

  private static Cores found() {
    var cores = allowed();
    return cores.size() > 1 && succeeds("taskset", "-V")
        ? new Cores(cores.size(), String.valueOf(cores.get(0)), String.valueOf(cores.get(1)))
        : new Cores(Runtime.getRuntime().availableProcessors(), "", "");
  }

  boolean areApart() {
    return !server.isEmpty();
  }

  /** Returns the words before a command that runs it on the server's core. */
  List<String> beforeServer() {
    return areApart() ? List.of("taskset", "-c", server) : List.of();
  }

  /** Returns the words before a command that runs it on both cores, even if its parent has one. */
  List<String> beforeServerOnBoth() {
    return areApart() ? List.of("taskset", "-c", server + "," + generator) : List.of();
  }

  /** Limits this process to the load generator's core from now on. */
  void takeGenerators() {
    var pid = String.valueOf(ProcessHandle.current().pid());
    if (areApart() && !succeeds("taskset", "-a", "-cp", generator, pid)) {
      throw new IllegalStateException("taskset refuses core " + generator);
    }
  }

  /** Describes the cores in words. */
  String said() {
    return areApart()
        ? "the server on one core and what asks it on another (`taskset`)"
        : "server and what asks it on all cores, not pinned: what is measured of speed is worth little";
  }

  private static List<Integer> allowed() {
    try {
      var cores = new ArrayList<Integer>();
      for (var line : Files.isReadable(STATUS) ? Files.readAllLines(STATUS) : List.<String>of()) {
        if (line.startsWith("Cpus_allowed_list:")) {
          for (var range : line.substring(line.indexOf(':') + 1).strip().split(",", -1)) {
            var ends = range.split("-", 2);
            var last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
              cores.add(core);
            }
          }
        }
      }
      return cores;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean succeeds(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && !output.isEmpty();
    } catch (IOException none) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
