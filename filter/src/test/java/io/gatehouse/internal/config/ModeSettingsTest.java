package io.gatehouse.internal.config;

import static io.gatehouse.internal.config.ValidConfiguration.ofOidc;
import static io.gatehouse.internal.config.ValidConfiguration.ofVerifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.internal.server.ResponseMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The request and response modes: each faulty configuration differs from a valid one in one
 * property.
 */
@Tag("case-77")
class ModeSettingsTest {
  private static final Pattern LINE = Pattern.compile("\n  - GH[0-9]{3} (gatehouse\\.[a-z.-]+):? ");

  /** The key of RFC 7518 appendix C: Bob's. */
  private static final String RFC_7518_C =
      """
      {"kty":"EC","crv":"P-256",\
      "x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",\
      "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck",\
      "d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}""";

  private static void assertFault(ValidConfiguration configuration, Property named) {
    var faults = configuration.faults().orElse("");
    assertThat(LINE.matcher(faults).results().map(it -> it.group(1)))
        .containsExactly(named.fullName());
    assertThat(faults).doesNotContain("canary", "VEmDZpDXXK8p8");
  }

  private static ValidConfiguration encrypted() {
    return ofOidc()
        .with(Property.ID_TOKEN_ENCRYPTION_ALG, "ECDH-ES+A256KW")
        .with(Property.DECRYPTION_KEY, RFC_7518_C);
  }

  private static ValidConfiguration withEndpoints(ValidConfiguration configuration) {
    return configuration
        .with(Property.ENDPOINTS_AUTHORIZATION, "https://op.example/authorize")
        .with(Property.ENDPOINTS_TOKEN, "https://op.example/token")
        .with(Property.ENDPOINTS_JWKS, "https://op.example/jwks");
  }

  @Test
  void byDefaultRequestsAreHostedAnswersPlainAndIdTokensSignedOnly() {
    var modes = ofOidc().read().modes();
    assertThat(modes.request()).isEqualTo(RequestMode.HOSTED);
    assertThat(modes.response()).isEqualTo(ResponseMode.QUERY);
    assertThat(modes.idTokenDecrypter()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyWayOfARequestHasAName(RequestMode mode) {
    var name = mode.name().toLowerCase(Locale.ROOT);
    assertThat(ofOidc().with(Property.REQUEST_MODE, name).read().modes().request()).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "Pushed", "hosted,pushed", "auto"})
  @Tag("case-93")
  void anotherWayIsAFault(String mode) {
    assertFault(ofOidc().with(Property.REQUEST_MODE, mode), Property.REQUEST_MODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pushed", "value"})
  void theVerifierFetchesEveryRequest(String mode) {
    assertFault(ofVerifier().with(Property.REQUEST_MODE, mode), Property.REQUEST_MODE);
    assertThat(ofVerifier().with(Property.REQUEST_MODE, "hosted").faults()).isEmpty();
  }

  @Test
  @Tag("case-93")
  void wherePushedRequestsGoIsSetIfNothingIsDiscovered() {
    var configuration = withEndpoints(ofOidc()).with(Property.REQUEST_MODE, "pushed");
    assertFault(configuration, Property.ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST);
    assertThat(
            configuration
                .with(Property.ENDPOINTS_PUSHED_AUTHORIZATION_REQUEST, "https://op.example/par")
                .faults())
        .isEmpty();
    assertThat(ofOidc().with(Property.REQUEST_MODE, "pushed").faults()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyFormOfAnAnswerHasItsWireName(ResponseMode mode) {
    assertThat(ofOidc().with(Property.RESPONSE_MODE, mode.wireName()).read().modes().response())
        .isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "JWT", "fragment", "form_post.jwt"})
  @Tag("case-95")
  void anotherFormIsAFault(String mode) {
    assertFault(ofOidc().with(Property.RESPONSE_MODE, mode), Property.RESPONSE_MODE);
  }

  @Test
  void encryptionNeedsAnAlgorithmAndAKey() {
    assertThat(encrypted().read().modes().idTokenDecrypter().orElseThrow())
        .hasToString("JweDecrypter[ECDH-ES+A256KW, A128CBC-HS256]");
    assertFault(encrypted().without(Property.DECRYPTION_KEY), Property.DECRYPTION_KEY);
    assertFault(encrypted().without(Property.ID_TOKEN_ENCRYPTION_ALG), Property.DECRYPTION_KEY);
  }

  @Test
  void theContentsAlgorithmCanBeSet() {
    var configuration = encrypted().with(Property.ID_TOKEN_ENCRYPTION_ENC, "A256GCM");
    assertThat(configuration.read().modes().idTokenDecrypter().orElseThrow())
        .hasToString("JweDecrypter[ECDH-ES+A256KW, A256GCM]");
    assertFault(
        ofOidc().with(Property.ID_TOKEN_ENCRYPTION_ENC, "A256GCM"),
        Property.ID_TOKEN_ENCRYPTION_ENC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "RSA1_5", "RSA-OAEP", "dir", "A256KW", "PBES2-HS256+A128KW"})
  @Tag("case-98")
  void anotherAlgorithmIsAFault(String alg) {
    assertFault(
        encrypted().with(Property.ID_TOKEN_ENCRYPTION_ALG, alg), Property.ID_TOKEN_ENCRYPTION_ALG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "a256gcm", "none"})
  @Tag("case-98")
  void anotherAlgorithmOfTheContentIsAFault(String enc) {
    assertFault(
        encrypted().with(Property.ID_TOKEN_ENCRYPTION_ENC, enc), Property.ID_TOKEN_ENCRYPTION_ENC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "file:/does/not/exist/canary", "{\"kty\":\"EC\"}"})
  void anUnusableKeyIsOneFault(String key) {
    assertFault(encrypted().with(Property.DECRYPTION_KEY, key), Property.DECRYPTION_KEY);
  }

  @Test
  void theKeyFitsTheAlgorithm() {
    assertFault(
        encrypted().with(Property.ID_TOKEN_ENCRYPTION_ALG, "RSA-OAEP-256"),
        Property.DECRYPTION_KEY);
  }

  @Test
  void theSigningKeyDecryptsNothing() {
    var configuration = encrypted().with(Property.SIGNING_KEY, RFC_7518_C);
    assertFault(configuration, Property.DECRYPTION_KEY);
    assertThat(configuration.with(Property.SIGNING_KEY, ValidConfiguration.RFC_7515_A_3).faults())
        .isEmpty();
  }
}
