package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exact paths and {@code /prefix/*}, and no other patterns. */
class PublicPathsTest {
  private final PublicPaths paths =
      new PublicPaths(List.of("/", "/about", "/docs/", "/static/*", "/a/b/*"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/about",
        "/docs/",
        "/static/",
        "/static",
        "/static/a/b.css",
        "/a/b",
        "/a/b/c"
      })
  void containWhatIsListed(String path) {
    assertThat(paths.contains(path)).isTrue();
  }

  @Tag("case-4")
  @Tag("case-6")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/admin",
        "/about/",
        "/about.",
        "/about ",
        "/About",
        "/about/x",
        "/aboutx",
        "/docs",
        "/docs/x",
        "/STATIC/x",
        "/staticx",
        "/static2/x",
        "/stati",
        "/sta",
        "/a",
        "/a/bc",
        "/x/static/",
        "/admin#/static/x",
        "/admin?/static/x",
        "/admin\n/about",
        "/about\n"
      })
  void containNothingElse(String path) {
    assertThat(paths.contains(path)).isFalse();
  }

  @Tag("case-79")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/*",
        "*",
        "/**",
        "//*",
        "/static/**",
        "/static*",
        "/static/*.css",
        "*.css",
        "/*/x",
        "/a/*/b",
        "static/*",
        "about",
        "",
        "//",
        "//a",
        "/a//b",
        "/..",
        "/a/../b",
        "/./a",
        "/a/.",
        "/a/../*",
        "/a;x",
        "/a%2f",
        "/a\\b",
        "/a\nb",
        "https://app.example/a"
      })
  void refusePatternsThatOpenEverythingOrAreNoneOfTheTwoKinds(String pattern) {
    assertThat(PublicPaths.isUsable(pattern)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new PublicPaths(List.of("/", pattern)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a", "/a/", "/a/b", "/a/*", "/a/b/*", "/.well-known/*", "/..a", "/\u00E9"})
  void acceptExactPathsAndPrefixes(String pattern) {
    assertThat(PublicPaths.isUsable(pattern)).isTrue();
  }

  @Test
  void containNothingIfNothingIsListed() {
    assertThat(new PublicPaths(List.of()).contains("/")).isFalse();
  }
}
