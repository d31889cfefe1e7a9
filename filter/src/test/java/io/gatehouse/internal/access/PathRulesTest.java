package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
  private static PathRules<String> rules(String... patterns) {
    var rules = new LinkedHashMap<RequestPattern, String>();
    for (var pattern : patterns) {
      rules.put(RequestPattern.parse(pattern).orElseThrow(), pattern);
    }
    return new PathRules<>(rules);
  }

  private static Optional<String> at(PathRules<String> rules, String path) {
    return rules.at("GET", path).map(PathRules.Rule::value);
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
    "/x.c, /*",
  })
  void theMostSpecificPatternDecidesInWhateverOrder(String path, String expected) {
    assertThat(at(rules("/*", "/a/*", "/a/b/*", "/a/b", "*.c"), path)).hasValue(expected);
    assertThat(at(rules("*.c", "/a/b", "/a/b/*", "/a/*", "/*"), path)).hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /a/, true",
    "/a/, /a, true",
    "/a, /b, false",
    "/a, /a/*, false",
    "/a/*, /a/*, true",
    "*.a, *.b, false",
    "GET:/a, POST:/a, false",
    "GET:/a, GET|POST:/a/, true",
    "GET:/a, /a, false",
  })
  void patternsOfEqualPrecedenceThatMatchARequestInCommonCollide(
      String one, String other, boolean collide) {
    assertThat(
            RequestPattern.parse(one)
                .orElseThrow()
                .collidesWith(RequestPattern.parse(other).orElseThrow()))
        .isEqualTo(collide);
  }

  @Test
  void whereNoPatternMatchesNothingIsAskedFor() {
    assertThat(at(rules("/a/*", "/b"), "/c")).isEmpty();
    assertThat(at(rules("/a/*", "/b"), "/b/")).isEmpty();
    assertThat(at(rules("/a/*"), "")).isEmpty();
    assertThat(at(rules(), "/a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "*.",
        "*.a.b",
        "/a/*.jsp",
        "/a/**",
        "/a*",
        "static/*",
        "about",
        "/*/x",
        "/a/../*",
        "/a\\b",
        "/a\nb",
        "https://app.example/a",
        "//",
        "/a//b",
        "/../a",
        "/a/./b",
        "/a;b",
        "/%61"
      })
  void otherPatternsAreRefused(String pattern) {
    assertThat(PathPattern.isUsable(pattern)).isFalse();
    assertThatThrownBy(() -> new PathPattern(pattern)).isInstanceOf(IllegalArgumentException.class);
  }
}
