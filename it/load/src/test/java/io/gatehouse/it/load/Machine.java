package io.gatehouse.it.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The description of the measuring machine and the measured software. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  static List<String> said() {
    return List.of(
        "- **Machine**: %s, %d cores (%s), %s %s; %s%s"
            .formatted(
                processor(),
                Cores.find().count(),
                System.getProperty("os.arch"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Cores.find().said(),
                Scale.said()),
        "- **Versions**: Java %s, Tomcat %s, pac4j %s (jakartaee-pac4j %s), Spring Security %s"
            .formatted(
                System.getProperty("java.runtime.version"),
                version("tomcat"),
                version("pac4j"),
                version("pac4j.jee"),
                version("spring")));
  }

  private static String version(String of) {
    return System.getProperty("load.version." + of, "?");
  }

  private static String processor() {
    try {
      var lines = Files.isReadable(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.<String>of();
      return lines.stream()
          .filter(it -> it.startsWith("model name"))
          .map(it -> it.substring(it.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("a processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
