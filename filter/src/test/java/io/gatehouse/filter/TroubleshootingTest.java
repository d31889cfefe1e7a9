package io.gatehouse.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/troubleshooting.md can be searched by what the log says: its words are those of the code.
 */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final Pattern SLANTED = Pattern.compile("(?<!\\*)\\*([^*|]+)\\*(?!\\*)");
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

  @Test
  void quotesTheLogAsTheCodeWritesIt() throws IOException {
    var code = code();
    var quoted = quoted(Files.readString(PAGE));
    assertThat(quoted).hasSizeGreaterThan(60);
    assertThat(quoted).allMatch(code::contains);
  }

  @Test
  void knowsEveryProblem() throws IOException {
    assertThat(Problem.values())
        .extracting(Problem::key)
        .allSatisfy(it -> assertThat(Files.readString(PAGE)).contains(it));
  }

  /** Returns the parts between the dots of each quotation. */
  private static List<String> quoted(String page) {
    return SLANTED
        .matcher(page)
        .results()
        .map(it -> it.group(1))
        .flatMap(it -> Stream.of(it.split("\\.\\.\\.", -1)))
        .map(String::strip)
        .filter(it -> it.length() > 2)
        .toList();
  }

  private static String code() throws IOException {
    try (var files = Files.walk(Path.of("src", "main", "java"))) {
      var texts = new StringBuilder();
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        texts.append(Files.readString(file)).append('\n');
      }
      return JOINED.matcher(texts).replaceAll("").replace("''", "'");
    }
  }
}
