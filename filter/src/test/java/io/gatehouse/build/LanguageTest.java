package io.gatehouse.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of Javadoc and documentation; CONTRIBUTING.md has the rules. */
class LanguageTest {
  private static final Pattern RELATIVE_CLAUSE =
      Pattern.compile("/\\*\\*\\s+(?:\\* )?(What|Where|When|How|Whether|Who|Nobody)\\b[^\\n]*");
  private static final int MAX_README_LINES = 130;

  private static List<Path> files(String suffix) {
    return ProjectFiles.withSuffix(suffix).stream()
        .filter(it -> !it.endsWith("CHANGELOG.md"))
        .toList();
  }

  private static List<String> found(List<Path> files, Pattern pattern) {
    var found = new ArrayList<String>();
    for (var file : files) {
      pattern
          .matcher(ProjectFiles.read(file))
          .results()
          .forEach(it -> found.add(ProjectFiles.ROOT.relativize(file) + ": " + it.group().strip()));
    }
    return found;
  }

  @Test
  void noJavadocBeginsWithARelativeClause() {
    assertThat(files(".java")).hasSizeGreaterThan(500);
    assertThat(found(files(".java"), RELATIVE_CLAUSE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-ins?", "log-outs?", "logs? into", "signs? in"})
  void loginAndLogoutAreSpelledOneWay(String other) {
    assertThat(found(files(".md"), Pattern.compile("(?im)^.*(?<![.\\w-])(" + other + ")\\b.*$")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nobody", "there is none", "(is|are) of no use", "cannot be had", "mends?"})
  void phrasesOfOurOwnAreNotUsed(String phrase) {
    assertThat(found(files(".md"), Pattern.compile("(?im)^.*\\b" + phrase + "\\b.*$"))).isEmpty();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(ProjectFiles.ROOT.resolve("README.md")))
        .hasSizeLessThanOrEqualTo(MAX_README_LINES);
  }
}
