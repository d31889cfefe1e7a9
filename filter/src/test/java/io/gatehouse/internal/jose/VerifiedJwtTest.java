package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedJwtTest {
  private static VerifiedJwt jwt(String payload, JwsAlgorithm algorithm)
      throws RejectedJwtException {
    return new VerifiedJwt(payload, algorithm, Optional.empty());
  }

  private static VerifiedJwt claim(String value) throws RejectedJwtException {
    return jwt("{\"c\":" + value + "}", JwsAlgorithm.ES256);
  }

  @Test
  void readsAString() throws RejectedJwtException {
    assertThat(claim("\"v\"").string("c")).hasValue("v");
    assertThat(claim("\"v\"").string("other")).isEmpty();
    assertThat(claim("null").string("c")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[\"v\"]", "{}"})
  void rejectsAStringClaimThatIsNone(String value) throws RejectedJwtException {
    var jwt = claim(value);
    assertThatThrownBy(() -> jwt.string("c"))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("c is not a string");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1300819380, 1300819380",
    "1300819380.9, 1300819380",
    "-1, -1",
    "1e3, 1000",
    "31556889864403, 31556889864403",
    "-31556889864403, -31556889864403"
  })
  void readsANumericDate(String value, long second) throws RejectedJwtException {
    assertThat(claim(value).instant("c")).hasValue(Instant.ofEpochSecond(second));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1300819380\"",
        "true",
        "[]",
        "{}",
        "31556889864403.2",
        "-31556889864403.2",
        "1e300",
        "-1e300",
        "1e999",
        "9e18",
        "-9e18"
      })
  @Tag("case-50")
  @Tag("case-55")
  void rejectsANumericDateThatIsNoneOrBeyondAnyDate(String value) throws RejectedJwtException {
    var jwt = claim(value);
    assertThatThrownBy(() -> jwt.instant("c"))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("c is not a NumericDate (RFC 7519 2)");
  }

  @Test
  void readsAnAudienceThatIsAStringOrAnArray() throws RejectedJwtException {
    assertThat(jwt("{\"aud\":\"a\"}", JwsAlgorithm.ES256).audience()).containsExactly("a");
    assertThat(jwt("{\"aud\":[\"a\",\"b\"]}", JwsAlgorithm.ES256).audience())
        .containsExactly("a", "b");
    assertThat(jwt("{\"aud\":[\"a\",\"b\",\"a\"]}", JwsAlgorithm.ES256).audience())
        .containsExactly("a", "b");
    assertThat(jwt("{}", JwsAlgorithm.ES256).audience()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "[\"a\",1]", "[[\"a\"]]", "[null]", "true"})
  @Tag("case-49")
  void rejectsAnyOtherAudience(String value) throws RejectedJwtException {
    var jwt = jwt("{\"aud\":" + value + "}", JwsAlgorithm.ES256);
    assertThatThrownBy(jwt::audience).isInstanceOf(RejectedJwtException.class);
  }

  @Test
  @Tag("case-54")
  void halvesTheHashAsInOpenIdConnectCoreAppendixA3() throws RejectedJwtException {
    assertThat(
            jwt("{}", JwsAlgorithm.RS256).halfHash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"))
        .isEqualTo("77QmUPtjPfzWtF2AnpK9RQ");
  }

  @ParameterizedTest
  @CsvSource({
    "ES256, 22",
    "PS256, 22",
    "ES384, 32",
    "RS384, 32",
    "RS512, 43",
    "ES512, 43",
    "EDDSA, 43",
    "ED25519, 43"
  })
  void takesTheHashOfTheSignaturesAlgorithm(JwsAlgorithm algorithm, int characters)
      throws RejectedJwtException {
    assertThat(jwt("{}", algorithm).halfHash("token")).hasSize(characters);
  }

  @Test
  @Tag("case-55")
  void aPayloadThatIs20000LevelsDeepIsReadOrRejected() {
    var deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    try {
      assertThat(jwt(deep, JwsAlgorithm.ES256).has("a")).isTrue();
    } catch (RejectedJwtException alsoRight) {
      assertThat(alsoRight.rule()).contains("payload");
    }
  }
}
