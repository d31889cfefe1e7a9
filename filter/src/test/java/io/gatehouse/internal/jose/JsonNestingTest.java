package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("case-45")
class JsonNestingTest {
  private static boolean isOneShallowValue(String text) {
    return JsonNesting.isOneShallowValue(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\":[1,{\"b\":\"}]\"}]} \r\n\t",
        "{\"a\":\"\\\"}{\"}",
        "{\"a\":\"\\\\\"}",
        "{\"}\":\"{{{{\"}"
      })
  void acceptsOneObject(String text) {
    assertThat(isOneShallowValue(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}{}", "{} x", "{}\u0000", "{},", "{\"a\":\"\\\\\"}}", "[]\"\""})
  void refusesTextAfterTheObject(String text) {
    assertThat(isOneShallowValue(text)).isFalse();
  }

  @Test
  void acceptsAHundredLevelsAndRefusesOneMore() {
    assertThat(isOneShallowValue("[".repeat(100) + "]".repeat(100))).isTrue();
    assertThat(isOneShallowValue("[".repeat(101) + "]".repeat(101))).isFalse();
    assertThat(isOneShallowValue("{\"a\":\"" + "[".repeat(1000) + "\"}")).isTrue();
  }
}
