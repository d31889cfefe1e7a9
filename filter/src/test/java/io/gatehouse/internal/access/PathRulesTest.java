package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
  private static PathRules<String> rules(String... patterns) {
    var rules = new LinkedHashMap<PathPattern, String>();
    for (var pattern : patterns) {
      rules.put(new PathPattern(pattern), pattern);
    }
    return new PathRules<>(rules);
  }

  @ParameterizedTest
  @CsvSource({
    "/, /*",
    "/x, /*",
    "/a, /a/*",
    "/a/, /a/*",
    "/a/x, /a/*",
    "/ab, /*",
    "/A/x, /*",
    "/a/b, /a/b",
    "/a/b/, /a/b/*",
    "/a/b/x, /a/b/*",
    "/a/bc, /a/*",
  })
  void theMostSpecificPatternDecidesInWhateverOrder(String path, String expected) {
    assertThat(rules("/*", "/a/*", "/a/b/*", "/a/b").at(path)).hasValue(expected);
    assertThat(rules("/a/b", "/a/b/*", "/a/*", "/*").at(path)).hasValue(expected);
  }

  @Test
  void whereNoPatternMatchesNothingIsAskedFor() {
    assertThat(rules("/a/*", "/b").at("/c")).isEmpty();
    assertThat(rules("/a/*", "/b").at("/b/")).isEmpty();
    assertThat(rules("/a/*").at("")).isEmpty();
    assertThat(rules().at("/a")).isEmpty();
    assertThat(List.of(rules().isEmpty(), rules("/a").isEmpty())).containsExactly(true, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "*", "*.jsp", "/a/**", "/a*", "//", "/a//b", "/../a", "/a/./b", "/a;b", "/%61"
      })
  void otherPatternsThanExactPathsAndPrefixesAreRefused(String pattern) {
    assertThat(PathPattern.isUsable(pattern)).isFalse();
    assertThatThrownBy(() -> new PathPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
  }
}
