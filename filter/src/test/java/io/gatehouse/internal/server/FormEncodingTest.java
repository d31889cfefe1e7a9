package io.gatehouse.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormEncodingTest {
  @Test
  void encodesAsInRfc6749AppendixB() { // but a space, which %20 says in every decoder
    assertThat(FormEncoding.encode(Map.of("v", " %&+\u00a3\u20ac")))
        .isEqualTo("v=%20%25%26%2B%C2%A3%E2%82%AC");
  }

  @Test
  void keepsTheOrderAndLetsNoValueMakeAParameter() {
    var form = new LinkedHashMap<String, String>();
    form.put("b", "1&a=2");
    form.put("a", "=\r\n#");
    assertThat(FormEncoding.encode(form)).isEqualTo("b=1%26a%3D2&a=%3D%0D%0A%23");
  }

  @Test
  void writesWhatUrlEncoderWritesForEveryCharacter() {
    for (char c = 0; c < 0x180; c++) {
      var expected = URLEncoder.encode(String.valueOf(c), StandardCharsets.UTF_8);
      assertThat(FormEncoding.encode(Map.of("v", String.valueOf(c))))
          .isEqualTo("v=" + expected.replace("+", "%20"));
    }
  }
}
