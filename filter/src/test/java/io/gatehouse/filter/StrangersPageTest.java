package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.web.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page docs/strangers.md lists every warning, metric and call of the code; {@code
 * StrangersRequestsTest} compares it with what requests do.
 */
@Tag("case-131")
class StrangersPageTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern CODE = Pattern.compile("GH[0-9]{3}");
  private static final Pattern METRIC =
      Pattern.compile("telemetry\\s*\\.(?:count|took|show)\\(\\s*\"(gatehouse\\.[a-z_.]+)\"");
  private static final Pattern ENDPOINT =
      Pattern.compile("(?:return|\\?|:) \"([a-z_]+)\"(?=;| :|,)");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @Test
  void eachWarningIsInOneOfTheTables() {
    var listed = new ArrayList<>(StrangersPage.table(StrangersPage.WARNINGS).keySet());
    listed.addAll(StrangersPage.table(StrangersPage.OTHER_WARNINGS).keySet());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(codes().toList());
  }

  private static Stream<String> codes() {
    return Stream.concat(
        Arrays.stream(Warnings.class.getDeclaredFields())
            .filter(it -> it.getType() == String.class)
            .map(StrangersPageTest::text)
            .map(it -> it.substring(0, 5)),
        Stream.of(Problem.MISCONFIGURED, Problem.INVALID_ANSWER, Problem.UNAVAILABLE)
            .map(Problem::code));
  }

  private static String text(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  // Otherwise the list above lacks a problem.
  @Test
  void theseProblemsAloneAreWarnings() {
    var problems = source("Problem.java");
    assertThat(problems)
        .contains("return this == MISCONFIGURED || this == INVALID_ANSWER || this == UNAVAILABLE;");
    assertThat(CODE.matcher(String.join(" ", codes().toList())).results()).hasSizeGreaterThan(20);
  }

  @Test
  void eachMetricIsInItsTable() {
    var metrics = METRIC.matcher(sources(MAIN)).results().map(it -> it.group(1)).distinct();
    assertThat(StrangersPage.table(StrangersPage.METRICS).keySet())
        .hasSizeGreaterThan(10)
        .containsExactlyInAnyOrderElementsOf(metrics.toList());
  }

  @Test
  void eachCallIsInItsTable() {
    var calls = ENDPOINT.matcher(source("WatchedCalls.java")).results().map(it -> it.group(1));
    assertThat(StrangersPage.table(StrangersPage.CALLS).keySet())
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(calls.distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {StrangersPage.WARNINGS, StrangersPage.CALLS, StrangersPage.MEMORY})
  void eachRowNamesItsLimitAndATestThatExists(String heading) {
    var rows = StrangersPage.table(heading);
    assertThat(rows).isNotEmpty();
    for (var cells : rows.values()) {
      assertThat(cells).hasSize(4);
      assertThat(cells.get(1)).as(cells.get(0)).isNotEmpty();
      assertThat(cells.get(1).startsWith("nothing") || !cells.get(2).isEmpty())
          .as(cells.get(0))
          .isTrue();
      assertThat(tests(cells.get(3))).as(cells.get(0)).isNotEmpty();
    }
  }

  private static List<String> tests(String cell) {
    return TEST.matcher(cell)
        .results()
        .map(
            it -> {
              assertThat(source(it.group(1) + ".java")).contains("void " + it.group(2) + "(");
              return it.group(2);
            })
        .toList();
  }

  private static String source(String name) {
    return Stream.of(MAIN, TESTS)
        .flatMap(it -> files(it).stream())
        .filter(it -> it.endsWith(name))
        .findFirst()
        .map(StrangersPageTest::read)
        .orElseThrow(() -> new AssertionError("no file " + name));
  }

  private static String sources(Path folder) {
    return String.join("\n", files(folder).stream().map(StrangersPageTest::read).toList());
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(it -> it.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
