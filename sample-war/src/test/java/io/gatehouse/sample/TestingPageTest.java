package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/testing.md are those of SampleIT, which compiles and runs. */
class TestingPageTest {
  private static final Path PAGE = Path.of("../docs/testing.md");
  private static final Path TEST = Path.of("src/test/java/io/gatehouse/sample/SampleIT.java");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleIsFromTheTest() throws IOException {
    var test = inOneLine(Files.readString(TEST));
    var examples = EXAMPLE.matcher(Files.readString(PAGE)).results().toList();

    assertThat(examples).hasSize(3);
    assertThat(examples).allSatisfy(it -> assertThat(test).contains(inOneLine(it.group(1))));
  }

  private static String inOneLine(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
