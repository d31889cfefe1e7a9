package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapedTest {

  @Test
  void leavesNoCharacterThatOpensATagOrEndsAnAttribute() {
    assertThat(Escaped.text("<script>alert(\"a\" & 'b')</script>"))
        .isEqualTo("&lt;script&gt;alert(&quot;a&quot; &amp; &#39;b&#39;)&lt;/script&gt;");
  }

  @Test
  void escapesWhatLooksEscapedAlready() {
    assertThat(Escaped.text("&lt;")).isEqualTo("&amp;lt;");
  }

  @Test
  void keepsEveryOtherCharacter() {
    assertThat(Escaped.text("Zoë 港 😀 1/2 `x`")).isEqualTo("Zoë 港 😀 1/2 `x`");
  }

  @Test
  void printsNothingForNull() {
    assertThat(Escaped.text(null)).isEmpty();
  }
}
