package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON texts, exactly as in RFC 8259. */
class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ \"a\" : [ 1 , -0.5e+10 , 0 , true , false , null , \"\" ] , \"b\" : { } } ",
        "{\"a\":[],\"\":{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\":\"\u00e9\u007f\"}}"
      })
  void readsWhatIsOneObject(String text) throws JoseException {
    assertThat(JsonText.members(text)).isNotNull();
  }

  // The first was found by fuzzing; jose4j alone reads it, and most of the others.
  @Tag("case-56")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"ES256\",\"dkk:\"\"k1\"}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":NaN}",
        "{\"a\":True}",
        "{\"a\":tru}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"}",
        "{\"a\":",
        "{\"a\"",
        "{",
        "",
        "[]",
        "1",
        "{}{}",
        "{}x",
        "\ufeff{}",
        "\u00a0{}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1]",
        "{\"a\":[1}",
        "{\"a\":1,\"a\":1}"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> JsonText.members(text)).isInstanceOf(JoseException.class);
  }

  @Test
  @Tag("case-45")
  void readsAHundredLevelsAndNoMore() throws JoseException {
    assertThat(JsonText.members(nested(99))).isNotNull();
    assertThatThrownBy(() -> JsonText.members(nested(100))).isInstanceOf(JoseException.class);
    assertThatThrownBy(() -> JsonText.members("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(JoseException.class);
  }

  private static String nested(int arrays) {
    return "{\"a\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  @Test
  @Tag("case-58")
  void readsALongTextWithoutADeepStack() throws JoseException {
    assertThat(JsonText.members("{\"a\":\"" + "\\n".repeat(500_000) + "x\"}")).hasSize(1);
  }
}
