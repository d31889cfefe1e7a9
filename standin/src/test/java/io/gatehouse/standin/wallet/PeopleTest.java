package io.gatehouse.standin.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.standin.config.Person;
import io.gatehouse.standin.did.DidKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class PeopleTest {

  @ParameterizedTest
  @FieldSource("io.gatehouse.standin.wallet.People#DEFAULT")
  void thePeopleHaveValidDids(Person person) {
    assertThat(DidKey.encode(DidKey.decode(person.did()))).isEqualTo(person.did());
  }
}
