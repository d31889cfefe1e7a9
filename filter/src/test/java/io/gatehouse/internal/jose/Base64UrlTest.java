package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64UrlTest {
  @Test
  void encodesAsInRfc7515AppendixC() {
    assertThat(Base64Url.encode(new byte[] {3, (byte) 236, (byte) 255, (byte) 224, (byte) 193}))
        .isEqualTo("A-z_4ME");
  }

  @Test
  void decodesWhatItEncoded() {
    for (var length = 0; length < 70; length++) {
      var bytes = new byte[length];
      TestKeys.fixedRandom("base64url " + length).nextBytes(bytes);
      assertThat(Base64Url.decode(Base64Url.encode(bytes))).hasValue(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A-z_4ME=", // padding
        "A-z_4MF", // unused bits that are not zero
        "A-z_4M+", // the other alphabet
        "A-z/4ME",
        "A-z_4 ME",
        "A-z_4ME\n",
        "A-z_4ME.",
        "A-z_4", // no whole byte
        "A-z_4M\u0114", // E in its low byte
      })
  void refusesEverySpellingButTheCanonicalOne(String text) {
    assertThat(Base64Url.decode(text)).isEmpty();
  }
}
