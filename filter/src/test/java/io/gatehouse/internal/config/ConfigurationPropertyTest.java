package io.gatehouse.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.jose.Mutations;
import java.io.PrintWriter;
import java.io.StringWriter;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** A property with any value: the value is accepted, or named in the declared exception. */
class ConfigurationPropertyTest {
  private static final String CANARY = "canary-of-a-secret";

  @Provide
  Arbitrary<Property> properties() {
    return Arbitraries.of(Property.values());
  }

  @Provide
  Arbitrary<String> texts() {
    return Mutations.anyText();
  }

  @Provide
  Arbitrary<String> changedKey() {
    return Mutations.of(ValidConfiguration.RFC_7515_A_3);
  }

  private static void assertTakenOrNamed(ValidConfiguration configuration, Property property) {
    try {
      configuration.read();
    } catch (ConfigurationException refusal) {
      assertThat(refusal).hasMessageContaining(property.fullName());
      var trace = new StringWriter();
      refusal.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString())
          .doesNotContain(CANARY, "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
    }
  }

  @net.jqwik.api.Property
  @Tag("case-77")
  @Tag("case-89")
  void anyTextForAnyPropertyIsTakenOrNamed(
      @ForAll("properties") Property property, @ForAll("texts") String text) {
    assertTakenOrNamed(ValidConfiguration.ofOidc().with(property, text), property);
    assertTakenOrNamed(ValidConfiguration.ofVerifier().with(property, text + CANARY), property);
  }

  @net.jqwik.api.Property
  @Tag("case-77")
  void aListOfAnyTextsIsTakenOrNamed(
      @ForAll("properties") Property property,
      @ForAll("texts") String one,
      @ForAll("texts") String other) {
    var text = "/x/*=" + one + ",/y=" + other + "," + CANARY;
    assertTakenOrNamed(ValidConfiguration.ofOidc().with(property, text), property);
  }

  @net.jqwik.api.Property
  @Tag("case-77")
  @Tag("case-89")
  void aSigningKeyThatWasChangedIsTakenOrNamedAndNeverShown(@ForAll("changedKey") String key) {
    assertTakenOrNamed(
        ValidConfiguration.ofVerifier().with(Property.SIGNING_KEY, key), Property.SIGNING_KEY);
  }
}
