package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwsVerifierTest {
  private static final KeyPair KEY = TestKeys.p256("verifier");
  private static final KeyPair OTHER = TestKeys.p256("verifier, another key");
  private static final KeyPair RSA = TestKeys.rsa(2048, "verifier");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\"}";
  private static final String PAYLOAD = "{\"iss\":\"https://op.example\"}";

  private final JwsVerifier verifier = new JwsVerifier(Set.of(JwsAlgorithm.ES256));
  private final JsonWebKeys keys = keys(TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1")));

  private static JsonWebKeys keys(String jwks) {
    try {
      return JsonWebKeys.parse(jwks);
    } catch (UnusableKeyException e) {
      throw new AssertionError(e);
    }
  }

  private static String with(String header) {
    return RawJws.signed(header, PAYLOAD, KEY.getPrivate());
  }

  private VerifiedJwt verify(String text) throws RejectedJwtException, UnknownKeyException {
    return verifier.verify(CompactJws.parse(text), keys);
  }

  private void assertRejected(String text, String rule) {
    assertThatThrownBy(() -> verify(text))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void acceptsTheServersSignature() throws Exception {
    assertThat(verify(with(HEADER)).string("iss")).hasValue("https://op.example");
  }

  @Test
  @Tag("case-52")
  void rejectsASignatureOfAnotherKey() {
    assertRejected(
        RawJws.signed(HEADER, PAYLOAD, OTHER.getPrivate()),
        "the signature is wrong (RFC 7515 5.2)");
  }

  @Test
  @Tag("case-52")
  void rejectsATamperedPayload() {
    var valid = with(HEADER).split("\\.", -1);
    assertRejected(
        valid[0] + "." + RawJws.encoded("{\"iss\":\"https://evil.example\"}") + "." + valid[2],
        "the signature is wrong");
  }

  @Test
  void rejectsATamperedHeader() {
    var valid = with(HEADER).split("\\.", -1);
    assertRejected(
        RawJws.encoded(HEADER.replace("}", ",\"typ\":\"JWT\"}")) + "." + valid[1] + "." + valid[2],
        "the signature is wrong");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 63, 65, 72})
  void rejectsASignatureOfAnotherLength(int bytes) {
    assertRejected(
        RawJws.signingInput(HEADER, PAYLOAD) + "." + Base64Url.encode(new byte[bytes]),
        "the signature");
  }

  @Test
  void rejectsTheSignatureOfZeros() { // CVE-2022-21449
    assertRejected(
        RawJws.signingInput(HEADER, PAYLOAD) + "." + Base64Url.encode(new byte[64]),
        "the signature");
  }

  @Test
  @Tag("case-52")
  void rejectsAnAlgorithmThatIsNotConfiguredThoughTheKeyIsTheServers() throws Exception {
    var header = "{\"alg\":\"RS256\",\"kid\":\"r1\"}";
    var both =
        keys(
            TestKeys.jwks(
                TestKeys.publicJwk(KEY.getPublic(), "k1"),
                TestKeys.publicJwk(RSA.getPublic(), "r1")));
    var jws = CompactJws.parse(RawJws.signed(header, PAYLOAD, RSA.getPrivate()));
    var rs256 = new JwsVerifier(Set.of(JwsAlgorithm.RS256));
    assertThat(rs256.verify(jws, both).has("iss")).isTrue();
    assertThatThrownBy(() -> verifier.verify(jws, both))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("alg is not one that was configured (RFC 8725 3.1)");
  }

  @Test
  @Tag("case-52")
  void rejectsHs256KeyedWithTheServersPublicKey() {
    var header = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";
    var encoded = KEY.getPublic().getEncoded();
    var asJwk =
        TestKeys.json(TestKeys.publicJwk(KEY.getPublic(), "k1")).getBytes(StandardCharsets.UTF_8);
    assertRejected(RawJws.hs256(header, PAYLOAD, encoded), "alg is not one that was configured");
    assertRejected(RawJws.hs256(header, PAYLOAD, asJwk), "alg is not one that was configured");
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  @Tag("case-52")
  void cannotBeConfiguredToAcceptAnHmac(JwsAlgorithm algorithm) {
    assertThatThrownBy(() -> new JwsVerifier(Set.of(JwsAlgorithm.ES256, algorithm)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotBeConfiguredToAcceptNothing() {
    assertThatThrownBy(() -> new JwsVerifier(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Tag("case-56")
  void ignoresKeysAndAddressesInTheHeader() throws Exception {
    var foreign =
        HEADER.replace(
            "}",
            ",\"jku\":\"http://127.0.0.1:1/\",\"x5u\":\"http://127.0.0.1:1/\",\"x5c\":[\"AAAA\"],"
                + "\"jwk\":"
                + TestKeys.json(TestKeys.publicJwk(OTHER.getPublic(), "k1"))
                + "}");
    assertThat(verify(with(foreign)).has("iss")).isTrue();
    assertRejected(RawJws.signed(foreign, PAYLOAD, OTHER.getPrivate()), "the signature is wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"a\"", "a", "{\"iss\":1", "{\"iss\":1,\"iss\":2}"})
  void rejectsAPayloadThatIsNoJsonObjectWithDistinctNames(String payload) {
    assertRejected(
        RawJws.signed(HEADER, payload, KEY.getPrivate()),
        "the payload is not one JSON object (RFC 7519 7.2)");
  }

  @Test
  @Tag("case-53")
  void acceptsAJwsWithoutKidIfOneKeyCanBeMeant() throws Exception {
    assertThat(verify(with("{\"alg\":\"ES256\"}")).has("iss")).isTrue();
  }

  @Test
  @Tag("case-53")
  void acceptsAJwsWithoutKidIfTheOtherKeysAreOfAnotherType() throws Exception {
    var mixed =
        keys(
            TestKeys.jwks(
                TestKeys.publicJwk(RSA.getPublic(), "r1"),
                TestKeys.publicJwk(KEY.getPublic(), "k1")));
    var jws = CompactJws.parse(with("{\"alg\":\"ES256\"}"));
    assertThat(verifier.verify(jws, mixed).has("iss")).isTrue();
  }

  @Test
  @Tag("case-53")
  void rejectsAJwsWithoutKidIfSeveralKeysCouldBeMeant() throws Exception {
    var two =
        keys(
            TestKeys.jwks(
                TestKeys.publicJwk(KEY.getPublic(), "k1"),
                TestKeys.publicJwk(OTHER.getPublic(), "k2")));
    var jws = CompactJws.parse(with("{\"alg\":\"ES256\"}"));
    assertThat(verifier.verify(CompactJws.parse(with(HEADER)), two).has("iss")).isTrue();
    assertThatThrownBy(() -> verifier.verify(jws, two))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessage("several keys could be meant, and kid names none of them");
  }

  @Test
  @Tag("case-53")
  void triesEachKeyOfAKid() throws Exception {
    var first = TestKeys.publicJwk(KEY.getPublic(), "k1");
    var second = TestKeys.publicJwk(OTHER.getPublic(), "k1");
    for (var two : List.of(TestKeys.jwks(first, second), TestKeys.jwks(second, first))) {
      for (var key : List.of(KEY, OTHER)) {
        var jws = CompactJws.parse(RawJws.signed(HEADER, PAYLOAD, key.getPrivate()));
        assertThat(verifier.verify(jws, keys(two)).has("iss")).isTrue();
      }
      var foreign = TestKeys.p256("verifier, a third key").getPrivate();
      var jws = CompactJws.parse(RawJws.signed(HEADER, PAYLOAD, foreign));
      assertThatThrownBy(() -> verifier.verify(jws, keys(two)))
          .isInstanceOf(RejectedJwtException.class)
          .hasMessage("the signature is wrong (RFC 7515 5.2)");
    }
  }

  @Test
  @Tag("case-53")
  void acceptsAJwsWithoutKidIfAllKeysAreEqual() throws Exception {
    var key = TestKeys.publicJwk(RSA.getPublic(), "k1");
    var twice = keys(TestKeys.jwks(key, TestKeys.with(key, "kid", "k2")));
    var rs256 = new JwsVerifier(Set.of(JwsAlgorithm.RS256));
    var jws = CompactJws.parse(RawJws.signed("{\"alg\":\"RS256\"}", PAYLOAD, RSA.getPrivate()));
    assertThat(rs256.verify(jws, twice).has("iss")).isTrue();
  }

  @Test
  @Tag("case-53")
  void reportsAnUnknownKidAsAKeyThatMayBeNew() {
    assertThatThrownBy(() -> verify(with(HEADER.replace("k1", "k2"))))
        .isInstanceOf(UnknownKeyException.class);
  }

  @Test
  void acceptsAKidIfTheOnlyKeyHasNone() throws Exception {
    var nameless = keys(TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic())));
    assertThat(verifier.verify(CompactJws.parse(with(HEADER)), nameless).has("iss")).isTrue();
  }

  private static KeyPair pair(JwsAlgorithm algorithm, String seed) {
    return switch (algorithm) {
      case ES256 -> TestKeys.p256(seed);
      case ES384 -> TestKeys.p384(seed);
      case ES512 -> TestKeys.ec("secp521r1", TestKeys.fixedRandom(seed));
      case RS256 -> TestKeys.rsa(2048, seed);
      default -> TestKeys.ed25519(TestKeys.fixedRandom(seed));
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512", "RS256", "EDDSA", "ED25519"})
  @Tag("case-52")
  void acceptsEachAlgorithmByItsOwnNameAndKey(JwsAlgorithm algorithm) throws Exception {
    var own = new JwsVerifier(Set.of(algorithm));
    var key = pair(algorithm, "own");
    var jwks = keys(TestKeys.jwks(TestKeys.publicJwk(key.getPublic(), "k1")));
    var header = HEADER.replace("ES256", algorithm.wireName());
    var signed = RawJws.signed(header, PAYLOAD, key.getPrivate());
    assertThat(own.verify(CompactJws.parse(signed), jwks).string("iss"))
        .hasValue("https://op.example");

    var parts = signed.split("\\.", -1);
    var other = RawJws.signed(header, PAYLOAD, pair(algorithm, "other").getPrivate());
    var cut = parts[0] + "." + parts[1] + "." + Base64Url.encode(new byte[31]);
    var moved =
        parts[0] + "." + RawJws.encoded("{\"iss\":\"https://evil.example\"}") + "." + parts[2];
    for (var wrong : List.of(other, cut, moved)) {
      assertThatThrownBy(() -> own.verify(CompactJws.parse(wrong), jwks))
          .isInstanceOf(RejectedJwtException.class)
          .hasMessage("the signature is wrong (RFC 7515 5.2)");
    }
    for (var allowed : JwsAlgorithm.values()) {
      if (allowed != algorithm && !allowed.isSymmetric()) {
        assertThatThrownBy(
                () -> new JwsVerifier(Set.of(allowed)).verify(CompactJws.parse(signed), jwks))
            .isInstanceOf(RejectedJwtException.class)
            .hasMessage("alg is not one that was configured (RFC 8725 3.1)");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"EDDSA, Ed25519", "ED25519, EdDSA", "ED25519, Ed25519", "ED25519, ''"})
  void aKeyForEd25519MayHaveEitherName(JwsAlgorithm algorithm, String alg) throws Exception {
    var key = TestKeys.ed25519(TestKeys.fixedRandom("either name"));
    var jwk = TestKeys.with(TestKeys.publicJwk(key.getPublic(), "k1"), "alg", alg);
    var header = HEADER.replace("ES256", algorithm.wireName());
    var jws = CompactJws.parse(RawJws.signed(header, PAYLOAD, key.getPrivate()));
    var own = new JwsVerifier(Set.of(algorithm));
    assertThat(own.verify(jws, keys(TestKeys.jwks(jwk))).has("iss")).isTrue();
  }

  @Test
  void aKeyWhoseAlgIsAnotherCannotBeMeant() {
    var other =
        keys(
            TestKeys.jwks(
                TestKeys.with(TestKeys.publicJwk(RSA.getPublic(), "k1"), "alg", "RS512")));
    var rs256 = new JwsVerifier(Set.of(JwsAlgorithm.RS256));
    assertThatThrownBy(
            () ->
                rs256.verify(
                    CompactJws.parse(
                        RawJws.signed(HEADER.replace("ES256", "RS256"), PAYLOAD, RSA.getPrivate())),
                    other))
        .isInstanceOf(UnknownKeyException.class);
  }
}
