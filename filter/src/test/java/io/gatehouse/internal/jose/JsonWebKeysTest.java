package io.gatehouse.internal.jose;

import static io.gatehouse.internal.jose.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWebKeysTest {
  private static final KeyPair KEY = TestKeys.p256("jwks");
  private static final Map<String, Object> VALID = TestKeys.publicJwk(KEY.getPublic(), "k1");

  private static CompactJws jws(String kid) throws RejectedJwtException {
    return CompactJws.parse(
        RawJws.signed("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}", "{}", KEY.getPrivate()));
  }

  @Test
  void findsTheKeyOfAKid() throws Exception {
    assertThat(JsonWebKeys.parse(TestKeys.jwks(VALID)).keyFor(jws("k1")))
        .isEqualTo(KEY.getPublic());
  }

  static Stream<Arguments> unusable() {
    var ec = (ECPublicKey) KEY.getPublic();
    var offCurve = ec.getW().getAffineY().add(BigInteger.ONE).toByteArray();
    var curve = ec.getParams().getCurve();
    var prime = ((ECFieldFp) curve.getField()).getP();
    var p = Base64Url.encode(lastBytes(prime.toByteArray()));
    var y = curve.getB().modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    var root = Base64Url.encode(lastBytes(y.toByteArray()));
    return Stream.of(
        Arguments.of("oct", Map.of("kty", "oct", "kid", "k1", "k", "A".repeat(43))),
        Arguments.of("use=enc", with(VALID, "use", "enc")),
        Arguments.of("key_ops without verify", with(VALID, "key_ops", List.of("encrypt"))),
        Arguments.of("alg of another type", with(VALID, "alg", "RS256")),
        Arguments.of("alg for encryption", with(VALID, "alg", "ECDH-ES")),
        Arguments.of(
            "RSA of 1024 bits", TestKeys.publicJwk(TestKeys.rsa(1024, "jwks").getPublic(), "k1")),
        Arguments.of(
            "P-521",
            TestKeys.publicJwk(
                TestKeys.ec("secp521r1", TestKeys.fixedRandom("jwks")).getPublic(), "k1")),
        Arguments.of(
            "a point off the curve", with(VALID, "y", Base64Url.encode(lastBytes(offCurve)))),
        Arguments.of("the point (0, 0)", with(with(VALID, "x", "AA"), "y", "AA")),
        Arguments.of("the point (0, y) with x = p", with(with(VALID, "x", p), "y", root)),
        Arguments.of(
            "secp256k1", // RFC 8812's generator; as long as P-256, and not P-256
            Map.of(
                "kty",
                "EC",
                "kid",
                "k1",
                "crv",
                "secp256k1",
                "x",
                "eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g",
                "y",
                "SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg")),
        Arguments.of("an unknown curve", with(VALID, "crv", "P-257")),
        Arguments.of("x missing", without(VALID, "x")),
        Arguments.of("x that is no base64url", with(VALID, "x", "!!!")),
        Arguments.of("x that is a number", with(VALID, "x", 1)),
        Arguments.of("a kid that is a number", with(VALID, "kid", 1)),
        Arguments.of("an unknown kty", with(VALID, "kty", "ML-DSA")),
        Arguments.of(
            "X25519",
            Map.of(
                "kty",
                "OKP",
                "kid",
                "k1",
                "crv",
                "X25519",
                "x",
                "3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08")));
  }

  private static byte[] lastBytes(byte[] number) {
    var bytes = new byte[32];
    var length = Math.min(number.length, 32);
    System.arraycopy(number, number.length - length, bytes, 32 - length, length);
    return bytes;
  }

  private static Map<String, Object> without(Map<String, Object> members, String name) {
    var copy = new LinkedHashMap<>(members);
    copy.remove(name);
    return copy;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  @Tag("case-59")
  void leavesOutAKeyThatCannotOrMustNotVerify(String what, Map<String, Object> jwk)
      throws Exception {
    assertThatThrownBy(() -> JsonWebKeys.parse(TestKeys.jwks(jwk)))
        .as(what)
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS has no key that could verify a signature");
    // RFC 7517 5: it is ignored, and does not spoil the others
    var both = JsonWebKeys.parse(TestKeys.jwks(jwk, with(VALID, "kid", "k2")));
    assertThat(both.keyFor(jws("k2"))).isEqualTo(KEY.getPublic());
    assertThatThrownBy(() -> both.keyFor(jws("k1"))).isInstanceOf(UnknownKeyException.class);
  }

  @Test
  void acceptsUseSigAndKeyOpsVerify() throws Exception {
    var jwk = with(with(VALID, "use", "sig"), "key_ops", List.of("verify"));
    assertThat(JsonWebKeys.parse(TestKeys.jwks(jwk)).keyFor(jws("k1"))).isEqualTo(KEY.getPublic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "null",
        "<html></html>",
        "{\"keys\":[",
        "{\"keys\":[],\"keys\":[]}"
      })
  @Tag("case-86")
  void rejectsADocumentThatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> JsonWebKeys.parse(text))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS is not a JSON object (RFC 7517 5)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"keys\":null}", "{\"keys\":{}}", "{\"keys\":\"k\"}"})
  void rejectsADocumentWithoutArrayKeys(String text) {
    assertThatThrownBy(() -> JsonWebKeys.parse(text))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS has no array keys (RFC 7517 5)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"keys\":[]}", "{\"keys\":[null,1,\"k\",[],{}]}"})
  @Tag("case-86")
  void rejectsASetWithoutAnyKey(String text) {
    assertThatThrownBy(() -> JsonWebKeys.parse(text))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS has no key that could verify a signature");
  }

  @Test
  @Tag("case-81")
  void acceptsOneHundredKeysAndRejectsOneMore() throws Exception {
    var members = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < 100; i++) {
      members.add(with(VALID, "kid", "k" + i));
    }
    var hundred = JsonWebKeys.parse(TestKeys.json(Map.of("keys", members)));
    assertThat(hundred.keyFor(jws("k99"))).isEqualTo(KEY.getPublic());
    members.add(with(VALID, "kid", "k100"));
    assertThatThrownBy(() -> JsonWebKeys.parse(TestKeys.json(Map.of("keys", members))))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS has more than 100 keys");
  }

  @Test
  void rejectsADocumentThatIs100000LevelsDeep() {
    assertThatThrownBy(() -> JsonWebKeys.parse("{\"keys\":" + "[".repeat(100_000)))
        .isInstanceOf(UnusableKeyException.class);
    assertThatThrownBy(
            () -> JsonWebKeys.parse("{\"keys\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
        .isInstanceOf(UnusableKeyException.class);
  }
}
