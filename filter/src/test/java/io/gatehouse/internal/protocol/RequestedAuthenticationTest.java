package io.gatehouse.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedAuthenticationTest {
  private static final RequestedAuthentication ALL =
      new RequestedAuthentication(
          "gold silver", Optional.of(Duration.ofMinutes(5)), "login", "es en", "ada@x.example");

  static Stream<RequestedAuthentication> some() {
    return Stream.of(
        ALL,
        RequestedAuthentication.ANY,
        new RequestedAuthentication("gold", Optional.empty(), "", "", ""),
        new RequestedAuthentication("", Optional.of(Duration.ZERO), "", "", ""),
        new RequestedAuthentication("", Optional.empty(), "", "", "a=b&c d \u00e9"));
  }

  @ParameterizedTest
  @MethodSource("some")
  void isReadAsItWasWritten(RequestedAuthentication requested) {
    assertThat(RequestedAuthentication.read(requested.text())).isEqualTo(requested);
    assertThat(requested.text()).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a\tb", "a\tx\tc\td\te", "a\t1\tc\td\te\tf", "a\t1\tc\td\te\nf"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> RequestedAuthentication.read(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isSentByTheNamesOfOpenIdConnectCore() {
    assertThat(ALL.parameters())
        .hasSize(5)
        .containsEntry("acr_values", "gold silver")
        .containsEntry("max_age", "300")
        .containsEntry("prompt", "login")
        .containsEntry("ui_locales", "es en")
        .containsEntry("login_hint", "ada@x.example");
    assertThat(RequestedAuthentication.ANY.parameters()).isEmpty();
    assertThat(ALL.withoutWishes().parameters())
        .containsOnlyKeys("acr_values", "max_age", "prompt");
  }

  @Test
  void isPrintedByNamesOnly() {
    assertThat(ALL.toString()).contains("login_hint").doesNotContain("ada", "gold");
  }

  @Test
  void eachAcrValueIsAccepted() {
    assertThat(ALL.acceptedAcrs()).containsExactly("gold", "silver");
    assertThat(RequestedAuthentication.ANY.acceptedAcrs()).isEmpty();
  }
}
