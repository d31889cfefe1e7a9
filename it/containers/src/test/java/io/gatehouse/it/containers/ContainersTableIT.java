package io.gatehouse.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/containers/README.md, from the reports of the earlier executions. With {@code
 * -Dcontainers.update=true} the table is written; otherwise it must match this build, except for
 * times and JDK.
 */
class ContainersTableIT {
  private static final String PREFIX = "containers.version.";
  private static final String START = "| id | container | JDK |";

  private final Path document = Path.of(System.getProperty("containers.document", "README.md"));
  private final Path reports = Path.of(System.getProperty("containers.reports", "target"));
  private final Map<String, String> containers = new TreeMap<>();
  private final Map<String, Map<String, SuiteReport>> suites = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    for (var name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        containers.put(name.substring(PREFIX.length()), System.getProperty(name));
      }
    }
    try (Stream<Path> files = Files.list(reports)) {
      for (var file : files.filter(SuiteReport::isReport).toList()) {
        var report = SuiteReport.read(file);
        suites
            .computeIfAbsent(report.container(), it -> new TreeMap<>())
            .put(report.testClass(), report);
      }
    }
  }

  @Test
  void everyClassIsGreenOnEveryContainer() {
    assertThat(suites.keySet()).isEqualTo(containers.keySet());
    suites.forEach(
        (container, classes) -> {
          assertThat(classes.keySet())
              .as(container)
              .containsAll(testClasses().stream().filter(it -> !isLeftOutBySome(it)).toList());
          classes.forEach(
              (name, it) -> assertThat(it.notGreen()).as(name + " on " + container).isZero());
        });
  }

  // What does not depend on the container; it/containers/pom.xml says where it runs.
  private static boolean isLeftOutBySome(String testClass) {
    return testClass.startsWith("ContainerLying") || testClass.equals("ContainerRestartIT");
  }

  @Test
  void theTableIsThatOfThisBuild() throws IOException {
    var lines = Files.readAllLines(document);
    if (Boolean.getBoolean("containers.update")) {
      Files.write(document, lines.stream().map(this::updated).toList());
      return;
    }
    var written = lines.stream().map(ContainersTableIT::withoutTimes).toList();
    assertThat(written).contains(withoutTimes(header()));
    for (var container : containers.keySet()) {
      assertThat(written)
          .as("docs/containers/README.md; -Dcontainers.update=true writes it")
          .contains(withoutTimes(row(container)));
    }
  }

  private String updated(String line) {
    if (line.startsWith(START)) {
      return header();
    }
    return containers.keySet().stream()
        .filter(it -> line.startsWith("| " + it + " |"))
        .findFirst()
        .map(this::row)
        .orElse(line);
  }

  private Set<String> testClasses() {
    return suites.values().stream()
        .flatMap(it -> it.keySet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String header() {
    return START + cells(testClasses().stream().map(it -> "`" + it + "`").toList()) + " all |";
  }

  private String row(String container) {
    var ofContainer = suites.getOrDefault(container, Map.of());
    var classes = List.copyOf(ofContainer.values());
    return "| %s | %s | %s |"
            .formatted(
                container,
                containers.get(container),
                classes.isEmpty() ? "?" : classes.get(0).jdk())
        + cells(testClasses().stream().map(it -> cell(ofContainer.get(it))).toList())
        + " "
        + cell(
            classes.stream().mapToInt(SuiteReport::tests).sum(),
            classes.stream().mapToDouble(SuiteReport::seconds).sum())
        + " |";
  }

  private static String cell(@Nullable SuiteReport report) {
    return report == null ? "-" : cell(report.tests(), report.seconds());
  }

  private static String cell(int tests, double seconds) {
    return String.format(Locale.ROOT, "%d in %.0f s", tests, seconds);
  }

  private static String cells(List<String> texts) {
    return texts.stream().map(it -> " " + it + " |").collect(Collectors.joining());
  }

  private static String withoutTimes(String line) {
    return line.startsWith("| ")
        ? line.replaceAll(" in [0-9]+ s", "")
            .replaceFirst("(\\| [^|]+ \\| [^|]+ \\|) [^|]+ \\|", "$1")
        : line;
  }
}
