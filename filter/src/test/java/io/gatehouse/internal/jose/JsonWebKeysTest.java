package io.gatehouse.internal.jose;

import static io.gatehouse.internal.jose.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWebKeysTest {
  private static final KeyPair KEY = TestKeys.p256("jwks");
  private static final Map<String, Object> VALID = TestKeys.publicJwk(KEY.getPublic(), "k1");

  private static CompactJws jws(String kid) throws RejectedJwtException {
    return CompactJws.parse(
        RawJws.signed("{\"alg\":\"ES256\",\"kid\":\"" + kid + "\"}", "{}", KEY.getPrivate()));
  }

  @SuppressWarnings("varargs")
  @SafeVarargs
  private static List<PublicKey> keysFor(String kid, Map<String, Object>... jwks) throws Exception {
    return JsonWebKeys.parse(TestKeys.jwks(jwks)).keysFor(jws(kid));
  }

  @Test
  void findsTheKeyOfAKid() throws Exception {
    assertThat(keysFor("k1", VALID)).containsExactly(KEY.getPublic());
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
            "P-521 for ES256",
            with(
                TestKeys.publicJwk(
                    TestKeys.ec("secp521r1", TestKeys.fixedRandom("jwks")).getPublic(), "k1"),
                "alg",
                "ES256")),
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
        .hasMessageStartingWith("the JWKS has no key that could verify a signature: key ");
    // RFC 7517 5: it is ignored, and does not spoil the others
    var both = JsonWebKeys.parse(TestKeys.jwks(jwk, with(VALID, "kid", "k2")));
    assertThat(both.keysFor(jws("k2"))).containsExactly(KEY.getPublic());
    assertThatThrownBy(() -> both.keysFor(jws("k1"))).isInstanceOf(UnknownKeyException.class);
    assertThat(both.leftOut()).hasSize(1);
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(with(VALID, "use", "enc"), "key k1 is for another use (its use is not sig)"),
        Arguments.of(with(VALID, "use", 1), "key k1 is for another use (its use is not sig)"),
        Arguments.of(
            with(VALID, "key_ops", List.of()),
            "key k1 is for another use (its key_ops is not verify)"),
        Arguments.of(with(VALID, "alg", 1), "key k1 has a member alg that is not a text"),
        Arguments.of(with(VALID, "kid", 1), "key number 2 has a member kid that is not a text"),
        Arguments.of(
            with(VALID, "kty", "oct"), "key k1 is of a type (kty) that verifies no signature"),
        Arguments.of(without(VALID, "x"), "key k1 cannot be read (RFC 7518 6)"),
        Arguments.of(
            with(VALID, "alg", "RS256"),
            "key k1 is too weak, or of no supported type, curve or alg"),
        Arguments.of(
            with(with(VALID, "use", "enc"), "kid", "%s".repeat(40)),
            "key " + "%s".repeat(30) + " is for another use (its use is not sig)"));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void namesTheReasonForWhichAKeyIsLeftOut(Map<String, Object> jwk, String reason)
      throws Exception {
    var good = with(VALID, "kid", "k2");
    assertThat(JsonWebKeys.parse(TestKeys.jwks(good, jwk)).leftOut()).containsExactly(reason);
    assertThat(JsonWebKeys.parse(TestKeys.jwks(good)).leftOut()).isEmpty();
  }

  /** Values of members that describe no key: right for another key, of another type, or broken. */
  static Stream<Arguments> otherMembers() {
    var other = TestKeys.publicJwk(TestKeys.p256("jwks, another key").getPublic());
    return Stream.of(
            "x5c",
            "x5t",
            "x5t#S256",
            "x5u",
            "d",
            "k",
            "n",
            "e",
            "oth",
            "iat",
            "exp",
            "nbf",
            "unknown")
        .flatMap(
            name ->
                Stream.<Object>of(
                        "", "text", "-----BEGIN CERTIFICATE-----", 1, true, List.of(""), other)
                    .map(value -> Arguments.of(name, value)));
  }

  @ParameterizedTest
  @MethodSource("otherMembers")
  @Tag("case-59")
  void readsTheMembersOfTheKeyItselfAlone(String name, Object value) throws Exception {
    assertThat(keysFor("k1", with(VALID, name, value))).containsExactly(KEY.getPublic());
    var encryption = with(with(VALID, name, value), "use", "enc");
    assertThatThrownBy(() -> keysFor("k1", encryption)).isInstanceOf(UnusableKeyException.class);
  }

  static Stream<Arguments> statedUses() {
    return Stream.of(
        Arguments.of("use", "sig", true),
        Arguments.of("use", "", true),
        Arguments.of("use", List.of("sig"), true),
        Arguments.of("use", List.of("enc", "sig"), true),
        Arguments.of("use", List.of("enc"), false),
        Arguments.of("use", List.of(), false),
        Arguments.of("use", "SIG", false),
        Arguments.of("use", "sig enc", false),
        Arguments.of("use", 1, false),
        Arguments.of("use", Map.of("sig", true), false),
        Arguments.of("key_ops", List.of("sign", "verify"), true),
        Arguments.of("key_ops", "verify", true),
        Arguments.of("key_ops", "", true),
        Arguments.of("key_ops", "sign", false),
        Arguments.of("key_ops", List.of("sign"), false),
        Arguments.of("key_ops", true, false),
        Arguments.of("alg", "", true),
        Arguments.of("alg", List.of("ES256"), false),
        Arguments.of("kid", "", true));
  }

  @ParameterizedTest
  @MethodSource("statedUses")
  @Tag("case-59")
  void anEmptyTextStatesNothingAndAnyOtherValueHolds(String name, Object value, boolean usable)
      throws Exception {
    if (usable) {
      assertThat(keysFor("k1", with(VALID, name, value))).containsExactly(KEY.getPublic());
    } else {
      assertThatThrownBy(() -> keysFor("k1", with(VALID, name, value)))
          .isInstanceOf(UnusableKeyException.class);
    }
  }

  @Test
  void equalKeysAreOne() throws Exception {
    assertThat(keysFor("k1", VALID, VALID, with(VALID, "use", "sig")))
        .containsExactly(KEY.getPublic());
    var renamed = with(VALID, "kid", "k2");
    assertThat(keysFor("k2", VALID, renamed)).containsExactly(KEY.getPublic());
    var nameless = without(VALID, "kid");
    assertThat(keysFor("k1", nameless, nameless)).containsExactly(KEY.getPublic());
  }

  @Test
  void triesAtMostFourKeysOfAKid() throws Exception {
    var jwks = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < 4; i++) {
      jwks.add(TestKeys.publicJwk(TestKeys.p256("of a kid, " + i).getPublic(), "k1"));
      jwks.add(jwks.get(i * 2)); // equal ones count once
    }
    assertThat(JsonWebKeys.parse(TestKeys.json(Map.of("keys", jwks))).keysFor(jws("k1")))
        .hasSize(4);
    jwks.add(VALID);
    var five = JsonWebKeys.parse(TestKeys.json(Map.of("keys", jwks)));
    assertThatThrownBy(() -> five.keysFor(jws("k1")))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("more than 4 keys of the server have this kid");
  }

  @Test
  void acceptsUseSigAndKeyOpsVerify() throws Exception {
    var jwk = with(with(VALID, "use", "sig"), "key_ops", List.of("verify"));
    assertThat(keysFor("k1", jwk)).containsExactly(KEY.getPublic());
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
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"keys\":[]}|''",
        "{\"keys\":[null]}|: key number 1 is not an object",
        "{\"keys\":[1,\"k\"]}|: key number 1 is not an object; key number 2 is not an object",
        "{\"keys\":[[]]}|: key number 1 is not an object",
        "{\"keys\":[{}]}|: key number 1 is of a type (kty) that verifies no signature"
      })
  @Tag("case-86")
  void rejectsASetWithoutAnyKey(String text, String reasons) {
    assertThatThrownBy(() -> JsonWebKeys.parse(text))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage("the JWKS has no key that could verify a signature" + reasons);
  }

  @Test
  @Tag("case-81")
  void acceptsOneHundredKeysAndRejectsOneMore() throws Exception {
    var members = new ArrayList<Map<String, Object>>();
    for (var i = 0; i < 100; i++) {
      members.add(with(VALID, "kid", "k" + i));
    }
    var hundred = JsonWebKeys.parse(TestKeys.json(Map.of("keys", members)));
    assertThat(hundred.keysFor(jws("k99"))).containsExactly(KEY.getPublic());
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
