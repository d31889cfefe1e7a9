package io.gatehouse.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The virtual threads in a recording that kept their carrier while they waited.
 *
 * @param stacks the stack of each, with the method that waited first
 */
record PinnedThreads(List<List<String>> stacks) {
  private static final int DEPTH = 64;
  private static final String EVENT = "jdk.VirtualThreadPinned";

  /** Returns the Java options that record all pinned threads, including the shortest. */
  static List<String> recording(Path file) {
    return List.of(
        "-XX:StartFlightRecording:filename="
            + file.toAbsolutePath()
            + ",settings=none,+"
            + EVENT
            + "#enabled=true,+"
            + EVENT
            + "#threshold=0ms,+"
            + EVENT
            + "#stackTrace=true");
  }

  /** Reads a recording with the JDK's own {@code jfr}. */
  static PinnedThreads read(Path jdk, Path file) {
    try {
      var jfr = jdk.resolve("bin").resolve("jfr").toString();
      var process =
          new ProcessBuilder(
                  jfr,
                  "print",
                  "--events",
                  EVENT,
                  "--stack-depth",
                  String.valueOf(DEPTH),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return new PinnedThreads(
          Arrays.stream(output.split(EVENT + " \\{", -1))
              .skip(1)
              .map(PinnedThreads::stack)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> stack(String event) {
    var frames = new ArrayList<String>();
    for (var line : event.lines().map(String::strip).toList()) {
      if (line.contains("(") && line.contains("line:")) {
        frames.add(line.substring(0, line.indexOf('(')));
      }
    }
    return frames;
  }

  /** Returns the threads with a frame that begins with this text. */
  PinnedThreads with(String start) {
    return new PinnedThreads(
        stacks.stream().filter(it -> it.stream().anyMatch(at -> at.startsWith(start))).toList());
  }

  /** Returns the threads without such a frame. */
  PinnedThreads without(String start) {
    return new PinnedThreads(
        stacks.stream().filter(it -> it.stream().noneMatch(at -> at.startsWith(start))).toList());
  }

  /** Returns how often each method waited. */
  Map<String, Long> tops() {
    var tops = new TreeMap<String, Long>();
    for (var stack : stacks) {
      var top =
          stack.stream()
              .filter(
                  it -> !it.startsWith("java.lang.VirtualThread") && !it.contains("LockSupport"))
              .findFirst()
              .orElse("no stack");
      tops.merge(top, 1L, Long::sum);
    }
    return tops;
  }
}
