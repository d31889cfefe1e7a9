package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedTest {

  @Test
  void showsTheFirstSixCharactersAndTheLength() {
    assertThat(Masked.secret("eyJraWQiOiJrMSJ9.e30.c2ln")).isEqualTo("eyJraW… (25 characters)");
  }

  @Test
  void showsNothingOfAShortSecret() {
    assertThat(Masked.secret("a-short-secret")).isEqualTo("… (14 characters)");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(Masked.secret("")).isEqualTo("none");
  }
}
