package io.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfferingTest {

  @Test
  void readsTheListOfTheAnswer() {
    assertThat(
            Offering.list(
                """
                {"subject": "me", "offerings": [
                 {"id": "o-1", "name": "Object store", "status": "Active"},
                 {"id": "o-2", "name": "Mail relay", "price": 4, "status": null}]}
                """))
        .contains(
            List.of(
                new Offering("o-1", "Object store", "Active"),
                new Offering("o-2", "Mail relay", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"offerings\": null}",
        "{\"offerings\": {}}",
        "{\"offerings\": [1]}"
      })
  void isEmptyWhenTheAnswerHasNoSuchList(String answer) {
    assertThat(Offering.list(answer)).isEmpty();
  }

  @Test
  void isNamedWithEightyCharactersAtMostOfWhateverScript() {
    assertThat(Offering.isName("F")).isTrue();
    assertThat(Offering.isName("港".repeat(80))).isTrue();
    assertThat(Offering.isName("😀".repeat(80))).isTrue();
    assertThat(Offering.isName("x".repeat(81))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
  void isNotNamedWithNothingOrWithControlCharacters(String name) {
    assertThat(Offering.isName(name)).isFalse();
  }
}
