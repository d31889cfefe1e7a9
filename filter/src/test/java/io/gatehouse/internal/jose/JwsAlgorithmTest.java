package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwsAlgorithmTest {
  private static final Map<String, KeyPair> KEYS =
      Map.of(
          "P-256", TestKeys.p256("algorithm"),
          "P-384", TestKeys.p384("algorithm"),
          "P-521", TestKeys.ec("secp521r1", TestKeys.fixedRandom("algorithm")),
          "RSA 2048", TestKeys.rsa(2048, "algorithm"),
          "RSA 1024", TestKeys.rsa(1024, "algorithm"),
          "Ed25519", TestKeys.ed25519(TestKeys.fixedRandom("algorithm")));

  @ParameterizedTest
  @EnumSource
  void isKnownByItsWireName(JwsAlgorithm algorithm) {
    assertThat(JwsAlgorithm.named(algorithm.wireName())).hasValue(algorithm);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none", "None", "NONE", "Ed448", "es256", "ES256 ", "ES256K", "EDDSA", "ED25519", ""
      })
  @Tag("case-52")
  void isUnknownUnderAnyOtherName(String name) {
    assertThat(JwsAlgorithm.named(name)).isEmpty();
  }

  @Test
  void namesAreWireNamesInTheOrderGiven() {
    assertThat(JwsAlgorithm.names(Stream.of(JwsAlgorithm.EDDSA, JwsAlgorithm.ES256)))
        .isEqualTo("EdDSA, ES256");
  }

  @ParameterizedTest
  @CsvSource({
    "P-256, ES256",
    "P-384, ES384",
    "P-521, ES512",
    "RSA 2048, RS256 RS384 RS512 PS256 PS384 PS512",
    "RSA 1024, ''",
    "Ed25519, EDDSA ED25519"
  })
  @Tag("case-61")
  void fitsKeysOfItsTypeCurveAndLeastSizeOnly(String key, String algorithms) {
    var pair = Optional.ofNullable(KEYS.get(key)).orElseThrow();
    var fitting =
        Arrays.stream(JwsAlgorithm.values())
            .filter(it -> it.fits(pair.getPrivate()))
            .map(JwsAlgorithm::name)
            .toList();
    assertThat(String.join(" ", fitting)).isEqualTo(algorithms);
    assertThat(JwsAlgorithm.values())
        .allMatch(it -> it.fits(pair.getPublic()) == it.fits(pair.getPrivate()));
  }

  @ParameterizedTest
  @EnumSource
  void isNamedByItsWireNameAndEd25519ByItsOlderNameToo(JwsAlgorithm algorithm) {
    var names =
        Arrays.stream(JwsAlgorithm.values())
            .map(JwsAlgorithm::wireName)
            .filter(algorithm::isNamed)
            .toList();
    assertThat(String.join(" ", names))
        .isEqualTo(algorithm.fits(ed25519()) ? "EdDSA Ed25519" : algorithm.wireName());
    assertThat(algorithm.isNamed("none")).isFalse();
  }

  private static PublicKey ed25519() {
    return Optional.ofNullable(KEYS.get("Ed25519")).orElseThrow().getPublic();
  }

  @Test
  @Tag("case-52")
  void noAlgorithmFitsASecretThatPassesForAKey() {
    var secret = new SecretKeySpec(new byte[64], "HmacSHA256");
    assertThat(JwsAlgorithm.values()).noneMatch(it -> it.fits(secret));
  }
}
