package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The heap of another Java process, inspected with the JDK's own {@code jcmd}. */
public record Heap(long pid) {
  private static final Pattern USED = Pattern.compile("used ([0-9]+)K");
  private static final String SESSION = "org\\.\\S+Session";

  /** Returns the heap in use after garbage collection, in KiB. */
  public long usedKiB() {
    jcmd("GC.run");
    jcmd("GC.run");
    // Some collectors report each generation; the lines about classes are not about the heap.
    var used =
        jcmd("GC.heap_info")
            .lines()
            .filter(it -> !it.contains("Metaspace") && !it.contains("class space"))
            .flatMap(it -> USED.matcher(it).results())
            .mapToLong(it -> Long.parseLong(it.group(1)))
            .sum();
    if (used == 0) {
      throw new IllegalStateException("jcmd does not tell the used heap");
    }
    return used;
  }

  /** Returns the number of live objects of the container's session classes. */
  public long sessions() {
    return matching(SESSION);
  }

  /** Returns the number of live objects of this class. */
  public long instances(String className) {
    return matching(Pattern.quote(className));
  }

  private long matching(String classes) {
    return Pattern.compile("(?m)^\\s*[0-9]+:\\s+([0-9]+)\\s+[0-9]+\\s+" + classes + "(\\s.*)?$")
        .matcher(jcmd("GC.class_histogram"))
        .results()
        .mapToLong(it -> Long.parseLong(it.group(1)))
        .sum();
  }

  /** Returns the bytes of the live objects of the classes whose names begin so. */
  public long bytes(String prefix) {
    return Pattern.compile(
            "(?m)^\\s*[0-9]+:\\s+[0-9]+\\s+([0-9]+)\\s+" + Pattern.quote(prefix) + "\\S*(\\s.*)?$")
        .matcher(jcmd("GC.class_histogram"))
        .results()
        .mapToLong(it -> Long.parseLong(it.group(1)))
        .sum();
  }

  /** Returns the Java threads, one per line. */
  public String threads() {
    return jcmd("Thread.print");
  }

  private String jcmd(String command) {
    try {
      var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      var process =
          new ProcessBuilder(jcmd, String.valueOf(pid), command).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
