package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key that ID tokens are encrypted to. */
class DecryptionKeyTest {
  private static final KeyPair EC = TestKeys.p256("canary");

  private static byte[] bytes(Map<String, Object> jwk) {
    return TestKeys.json(jwk).getBytes(StandardCharsets.UTF_8);
  }

  private static DecryptionKey read(Map<String, Object> jwk) throws UnusableKeyException {
    return DecryptionKey.read(bytes(jwk));
  }

  private static void assertUnusable(byte[] material, String fault) {
    assertThatThrownBy(() -> DecryptionKey.read(material))
        .isInstanceOfSatisfying(
            UnusableKeyException.class,
            e ->
                assertThat(e.faultOf("it"))
                    .contains(fault)
                    .doesNotContain(String.valueOf(TestKeys.privateJwk(EC).get("d"))));
  }

  @Test
  void isTheSameKeyInBothFormats() throws UnusableKeyException {
    var pem = TestKeys.pem(EC.getPrivate()).getBytes(StandardCharsets.UTF_8);
    assertThat(DecryptionKey.read(pem).publicJwk(JweAlgorithm.ECDH_ES))
        .isEqualTo(read(TestKeys.privateJwk(EC)).publicJwk(JweAlgorithm.ECDH_ES));
  }

  @Test
  void keepsTheKidOfAJwk() throws UnusableKeyException {
    assertThat(read(TestKeys.with(TestKeys.privateJwk(EC), "kid", "mine")).kid()).isEqualTo("mine");
  }

  @Test
  void aJwkIsForEncryptionOrDoesNotSay() throws UnusableKeyException {
    var jwk = TestKeys.privateJwk(EC);
    assertThat(read(TestKeys.with(jwk, "use", "enc")).serves(JweAlgorithm.ECDH_ES)).isTrue();
    assertUnusable(bytes(TestKeys.with(jwk, "use", "sig")), "use is not enc");
  }

  @Test
  void aJwkServesTheAlgorithmThatItNames() throws UnusableKeyException {
    var key = read(TestKeys.with(TestKeys.privateJwk(EC), "alg", "ECDH-ES"));
    assertThat(key.serves(JweAlgorithm.ECDH_ES)).isTrue();
    assertThat(key.serves(JweAlgorithm.ECDH_ES_A256KW)).isFalse();
  }

  @Test
  void aKeyThatIsTooWeakServesNoAlgorithm() throws UnusableKeyException {
    var key = read(TestKeys.privateJwk(TestKeys.rsa(1024, "weak")));
    assertThat(key.serves(JweAlgorithm.RSA_OAEP_256)).isFalse();
  }

  @Test
  void itsHalvesBelongTogether() {
    var jwk = TestKeys.privateJwk(EC);
    var other = TestKeys.publicJwk(TestKeys.p256("other").getPublic());
    var mixed = new LinkedHashMap<>(jwk);
    mixed.putAll(other);
    assertUnusable(bytes(mixed), "does not belong to its private half");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "canary", "{}", "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----"})
  void whatIsNoKeyIsAFault(String material) {
    assertUnusable(material.getBytes(StandardCharsets.UTF_8), "is ");
  }

  @Test
  void aPublicKeyDecryptsNothing() {
    assertUnusable(bytes(TestKeys.publicJwk(EC.getPublic())), "is a public JWK");
  }

  @Test
  void knowsWhetherItSignsToo() throws UnusableKeyException {
    var key = read(TestKeys.privateJwk(EC));
    assertThat(key.signsToo(KeyReader.read(bytes(TestKeys.privateJwk(EC)), Optional.empty())))
        .isTrue();
    var other = TestKeys.privateJwk(TestKeys.p256("other"));
    assertThat(key.signsToo(KeyReader.read(bytes(other), Optional.empty()))).isFalse();
  }
}
