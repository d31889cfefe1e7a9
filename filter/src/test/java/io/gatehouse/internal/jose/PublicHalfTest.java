package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicHalfTest {
  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1"})
  void isTheGeneratedOneOfManyEcKeys(String curve) throws Exception {
    var random = TestKeys.fixedRandom("public half of " + curve);
    var oddOnes = 0;
    for (var i = 0; i < 40; i++) {
      var pair = TestKeys.ec(curve, random);
      var found = PublicHalf.of(asPkcs8(pair));
      assertThat(found).isEqualTo(pair.getPublic());
      oddOnes += found.getEncoded()[found.getEncoded().length - 1] & 1;
    }
    assertThat(oddOnes).as("both square roots were the right one at times").isBetween(1, 39);
  }

  @Test
  void isTheGeneratedOneOfManyEd25519Keys() throws Exception {
    var random = TestKeys.fixedRandom("public half of Ed25519");
    for (var i = 0; i < 40; i++) {
      var pair = TestKeys.ed25519(random);
      assertThat(PublicHalf.of(asPkcs8(pair))).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void isTheGeneratedOneOfRsaKeys() throws Exception {
    for (var i = 0; i < 3; i++) {
      var pair = TestKeys.rsa(2048, "public half " + i);
      assertThat(PublicHalf.of(asPkcs8(pair))).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void cannotBeFoundForAnRsaKeyWithoutPublicExponent() throws Exception {
    var rsa = (RSAPrivateKey) TestKeys.rsa(2048, "no exponent").getPrivate();
    var bare =
        KeyFactory.getInstance("RSA")
            .generatePrivate(new RSAPrivateKeySpec(rsa.getModulus(), rsa.getPrivateExponent()));
    assertHasNone(bare);
  }

  @Test
  void cannotBeFoundForAKeyOfAnotherType() throws Exception {
    assertHasNone(KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate());
  }

  private static void assertHasNone(PrivateKey key) {
    assertThatThrownBy(() -> PublicHalf.of(key))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("GH228 the key has no public half that can be derived. Use a JWK.");
  }

  /** Returns only the private key, as it is read from a file. */
  private static PrivateKey asPkcs8(KeyPair pair) throws GeneralSecurityException {
    return KeyFactory.getInstance(pair.getPrivate().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
  }
}
