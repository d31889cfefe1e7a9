package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {
  static Stream<KeyPair> pairs() {
    return Stream.of(
        TestKeys.p256("signing"),
        TestKeys.p384("signing"),
        TestKeys.rsa(2048, "signing"),
        TestKeys.ed25519(TestKeys.fixedRandom("signing")));
  }

  private static SigningKey read(String text) throws UnusableKeyException {
    return KeyReader.read(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void publishesThePublicHalfOnly(KeyPair pair) throws Exception {
    var key = read(TestKeys.json(TestKeys.with(TestKeys.privateJwk(pair), "kid", "k1")));
    var expected = TestKeys.with(TestKeys.publicJwk(pair.getPublic(), "k1"), "use", "sig");
    assertThat(key.publicJwk()).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(key.publicJwk()).doesNotContainKeys("d", "p", "q", "dp", "dq", "qi", "k");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void hasTheSameKeyingMaterialAndKidInEveryFormat(KeyPair pair) throws Exception {
    var fromJwk = read(TestKeys.json(TestKeys.privateJwk(pair)));
    var fromPem = read(TestKeys.pem(pair.getPrivate()));
    assertThat(fromJwk.keyingMaterial()).isEqualTo(fromPem.keyingMaterial());
    assertThat(fromJwk.kid()).isEqualTo(fromPem.kid()).hasSize(43);
  }

  @Test
  void anotherKeyHasOtherKeyingMaterial() throws Exception {
    var one = read(TestKeys.pem(TestKeys.p256("signing").getPrivate()));
    var other = read(TestKeys.pem(TestKeys.p256("signing, another").getPrivate()));
    assertThat(one.keyingMaterial()).isNotEqualTo(other.keyingMaterial());
    assertThat(one.kid()).isNotEqualTo(other.kid());
  }

  @Test
  void withKidChangesTheKidAndNothingElse() throws Exception {
    var key = read(TestKeys.pem(TestKeys.p256("signing").getPrivate()));
    var renamed = key.withKid("another");
    assertThat(renamed.kid()).isEqualTo("another");
    assertThat(renamed.publicJwk()).containsEntry("kid", "another");
    assertThat(renamed.publicJwk().get("x")).isEqualTo(key.publicJwk().get("x"));
    assertThat(renamed.preferredAlgorithm()).isEqualTo(key.preferredAlgorithm());
  }

  @Test
  void printsItsKid() throws Exception {
    var key = read(TestKeys.pem(TestKeys.p256("signing").getPrivate()));
    assertThat(key.withKid("k1")).hasToString("SigningKey[kid=k1]");
  }

  @Test
  void didKeyHoldsTheCompressedPoint() {
    var random = TestKeys.fixedRandom("did:key");
    for (var i = 0; i < 100; i++) {
      assertHoldsPoint((ECPublicKey) TestKeys.ec("secp256r1", random).getPublic());
    }
  }

  // The point's x is a number of 32 bytes, however small it is.
  @Test
  void didKeyHoldsAPointWhoseXBeginsWithZeros() throws Exception {
    var parameters = ((ECPublicKey) TestKeys.p256("did:key").getPublic()).getParams();
    var curve = parameters.getCurve();
    var p = ((ECFieldFp) curve.getField()).getP();
    for (var bits : List.of(1, 7, 8, 100, 240, 248)) {
      var x = BigInteger.ONE.shiftLeft(bits - 1);
      var y = BigInteger.ZERO;
      do {
        x = x.add(BigInteger.ONE);
        var square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        if (!y.pow(2).mod(p).equals(square)) {
          y = BigInteger.ZERO;
        }
      } while (y.signum() == 0);
      var specification = new ECPublicKeySpec(new ECPoint(x, y), parameters);
      assertHoldsPoint((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(specification));
    }
  }

  private static void assertHoldsPoint(ECPublicKey key) {
    var sign = key.getW().getAffineY().testBit(0) ? "03" : "02";
    var did = DidKey.of(key);
    assertThat(did).startsWith("did:key:zDnae");
    assertThat(base58(did.substring("did:key:z".length())))
        .isEqualTo("8024" + sign + "%064x".formatted(key.getW().getAffineX()));
  }

  private static String base58(String text) {
    var alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    var number = BigInteger.ZERO;
    for (var i = 0; i < text.length(); i++) {
      number =
          number
              .multiply(BigInteger.valueOf(58))
              .add(BigInteger.valueOf(alphabet.indexOf(text.charAt(i))));
    }
    var bytes = number.toByteArray();
    return HexFormat.of().formatHex(bytes, bytes.length - 35, bytes.length);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void onlyAKeyOfP256HasADidKey(KeyPair pair) throws Exception {
    var key = read(TestKeys.pem(pair.getPrivate()));
    if (key.preferredAlgorithm() == JwsAlgorithm.ES256) {
      assertThat(key.didKey()).startsWith("did:key:zDnae");
    } else {
      assertThatThrownBy(key::didKey)
          .isInstanceOf(UnusableKeyException.class)
          .hasMessage(
              "GH230 the key must be an EC key on the curve P-256 to have a did:key. Create a key with the keygen command.");
    }
  }
}
