package io.gatehouse.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class StrictnessTest {
  private static final String AUD = "authorization request: strict: request object: aud";
  private static final String JTI = "client authentication: invalid_client: client assertion: jti";

  private final Strictness strictness = new Strictness();

  @Test
  void passesWhenNothingWasRefused() {
    strictness.check(List.of());
  }

  @Test
  void namesEachRuleThatWasBroken() {
    assertThatThrownBy(() -> strictness.check(List.of(AUD, JTI)))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContainingAll(AUD, JTI, "expectRefusal");
  }

  @Test
  void passesWhenTheRefusalIsExpected() {
    strictness.expect("request object: aud");

    strictness.check(List.of(AUD));
  }

  @Test
  void failsForTheOneThatIsNotExpectedAndNamesOnlyIt() {
    strictness.expect("request object: aud");

    assertThatThrownBy(() -> strictness.check(List.of(AUD, JTI)))
        .hasMessageContaining(JTI)
        .hasMessageNotContaining(AUD);
  }

  @Test
  void failsWhenWhatIsExpectedDoesNotCome() {
    strictness.expect("request object: exp");

    assertThatThrownBy(() -> strictness.check(List.of()))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("request object: exp");
  }

  @Test
  void asksEachTestForItsOwnOnly() {
    assertThatThrownBy(() -> strictness.check(List.of(AUD)))
        .isInstanceOf(AssertionFailedError.class);

    strictness.check(List.of(AUD));
    assertThat(strictness.unchecked(List.of(AUD, JTI))).containsExactly(JTI);
  }

  @Test
  void anExpectationIsOfOneTestOnly() {
    strictness.expect("request object: aud");
    strictness.check(List.of(AUD));

    assertThatThrownBy(() -> strictness.check(List.of(AUD, AUD)))
        .isInstanceOf(AssertionFailedError.class);
  }

  @Test
  void aBlankRuleWouldExpectEverything() {
    assertThatIllegalArgumentException().isThrownBy(() -> strictness.expect(" "));
  }
}
