package io.gatehouse.cli.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.doors.Detour.Dots;
import org.junit.jupiter.api.Test;

class DetourTest {
  @Test
  void comesBackByAsManyCharactersAsTheContextPathHas() {
    assertThat(new Detour("/shop", Dots.PLAIN).astray("/who")).isEqualTo("/shop/../xxxxxwho");
    assertThat(new Detour("/a/b", Dots.ENCODED).astray("/who")).isEqualTo("/a/b/%2e%2e/xxxxwho");
    assertThat(new Detour("", Dots.PLAIN).astray("/who")).isEqualTo("/../who");
  }

  @Test
  void comesBackByTheContextPathItself() {
    assertThat(new Detour("/shop", Dots.PARAMETER).back("/who")).isEqualTo("/shop/..;/shop/who");
    assertThat(new Detour("/shop", Dots.ENCODED_SLASH).back("/who"))
        .isEqualTo("/shop/..%2fshop/who");
    assertThat(new Detour("", Dots.PLAIN).back("/who")).isEqualTo("/../who");
  }
}
