package io.gatehouse.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.cli.output.CannotDoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationUrlTest {
  @Test
  void isAnOriginAndAContextPath() {
    var url = ApplicationUrl.parse("https://app.example/shop/");

    assertThat(url.context()).isEqualTo("/shop");
    assertThat(url.target("/who")).isEqualTo("/shop/who");
    assertThat(url.port()).isEqualTo(443);
    assertThat(url.isTls()).isTrue();
    assertThat(url).hasToString("https://app.example/shop");
  }

  @Test
  void mayBeOfTheRootApplication() {
    for (var text : new String[] {"http://[::1]:8080", "http://[::1]:8080/"}) {
      var url = ApplicationUrl.parse(text);

      assertThat(url.context()).isEmpty();
      assertThat(url.host()).isEqualTo("::1");
      assertThat(url.authority()).isEqualTo("[::1]:8080");
      assertThat(url.port()).isEqualTo(8080);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop",
        "/shop",
        "ftp://app.example/",
        "https:///shop",
        "https://me:secret@app.example/",
        "https://app.example/shop?x",
        "https://app.example/shop#x",
        "https://app.example/a/../b",
        "https://app.example/..",
        "https://app.example/%61",
        "https://app.example/a//b",
        "https://app.example/a;b",
        "http://app example/",
        "http://a.example:x/",
        "mailto:a@b.example"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> ApplicationUrl.parse(text))
        .isInstanceOf(CannotDoException.class)
        .hasMessageContaining("https://app.example/shop")
        .message()
        .doesNotContain("secret");
  }
}
