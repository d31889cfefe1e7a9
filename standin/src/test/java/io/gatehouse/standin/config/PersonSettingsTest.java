package io.gatehouse.standin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.standin.did.DidKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonSettingsTest {

  @Test
  void aPersonHasThePowersThatTheOptionsSay() {
    var alice =
        new PersonSettings("alice", List.of("Offer:Read", "Audit:Read", "Offer:Create"), false);

    assertThat(alice.person().powers())
        .containsExactly(
            Person.power("Offer", List.of("Read", "Create")),
            Person.power("Audit", List.of("Read")));
    assertThat(alice.person().fullName()).isEqualTo("Alice Example");
    assertThat(alice.person().did())
        .isEqualTo(alice.person().did())
        .isNotEqualTo(DidKey.ofPerson("bob"));
    assertThat(DidKey.encode(DidKey.decode(alice.person().did()))).isEqualTo(alice.person().did());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Offer", "Offer:", ":Read", "Offer:Read:Create", "Of fer:Read"})
  void aPowerIsAFunctionAndAnAction(String power) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersonSettings("alice", List.of(power), false).person())
        .withMessageContaining("Function:Action");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Alice", "a b", "1a", "a<b"})
  void aNameIsPlain(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersonSettings(name, List.of(), false).person())
        .withMessageContaining("standin.people");
  }
}
