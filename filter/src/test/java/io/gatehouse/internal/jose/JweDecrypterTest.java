package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested JWTs; each that is refused differs from the valid one in one thing. */
class JweDecrypterTest {
  private static final KeyPair EC = TestKeys.p256("decryption");
  private static final KeyPair RSA = TestKeys.rsa(2048, "decryption");
  private static final String INNER = "aaaa.bbbb.cccc";

  /** A JWE as jose4j makes it, to change in one thing. */
  private static JsonWebEncryption jwe(PublicKey key, String alg, String enc) {
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue(alg);
    jwe.setEncryptionMethodHeaderParameter(enc);
    jwe.setContentTypeHeaderValue("JWT");
    jwe.setKey(key);
    jwe.setPayload(INNER);
    jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS); // a liar has none
    return jwe;
  }

  private static JsonWebEncryption valid() {
    return jwe(EC.getPublic(), "ECDH-ES+A256KW", "A256GCM");
  }

  private static String compact(JsonWebEncryption jwe) {
    try {
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  private static DecryptionKey key(KeyPair pair) throws UnusableKeyException {
    return DecryptionKey.read(
        TestKeys.json(TestKeys.privateJwk(pair)).getBytes(StandardCharsets.UTF_8));
  }

  private static JweDecrypter decrypter() throws UnusableKeyException {
    return JweDecrypter.with(key(EC), JweAlgorithm.ECDH_ES_A256KW, JweEncryption.A256GCM);
  }

  private static void assertRejected(String text, String rule) {
    assertThatThrownBy(() -> decrypter().open(text))
        .isInstanceOfSatisfying(
            RejectedJwtException.class, e -> assertThat(e.rule()).contains(rule));
  }

  @ParameterizedTest
  @EnumSource
  void opensWhatIsEncryptedByEachAlgorithm(JweAlgorithm algorithm) throws Exception {
    var pair = algorithm == JweAlgorithm.RSA_OAEP_256 ? RSA : EC;
    var text = compact(jwe(pair.getPublic(), algorithm.wireName(), "A128CBC-HS256"));
    assertThat(JweDecrypter.with(key(pair), algorithm, JweEncryption.A128CBC_HS256).open(text))
        .isEqualTo(INNER);
  }

  @ParameterizedTest
  @EnumSource
  void opensWhatIsEncryptedByEachContentAlgorithm(JweEncryption encryption) throws Exception {
    var text = compact(jwe(EC.getPublic(), "ECDH-ES", encryption.wireName()));
    assertThat(JweDecrypter.with(key(EC), JweAlgorithm.ECDH_ES, encryption).open(text))
        .isEqualTo(INNER);
  }

  @Test
  @Tag("case-98")
  void rejectsAJwsThatIsNotEncrypted() {
    assertRejected(RawJws.signed("{\"alg\":\"ES256\"}", "{}", EC.getPrivate()), "not encrypted");
  }

  @ParameterizedTest
  @CsvSource({
    "ECDH-ES, A256GCM, alg",
    "ECDH-ES+A128KW, A256GCM, alg",
    "ECDH-ES+A256KW, A128GCM, enc",
    "ECDH-ES+A256KW, A256CBC-HS512, enc"
  })
  @Tag("case-98")
  void rejectsAnotherAlgorithmThanTheConfiguredOne(String alg, String enc, String name) {
    assertRejected(compact(jwe(EC.getPublic(), alg, enc)), name + " of the JWE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA1_5", "RSA-OAEP", "RSA-OAEP-256"})
  @Tag("case-98")
  void rejectsAnAlgorithmOfAnotherKeyType(String alg) {
    assertRejected(compact(jwe(RSA.getPublic(), alg, "A256GCM")), "alg of the JWE");
  }

  // RFC 8725 2.3: what everybody knows must not be taken for a secret
  @Test
  @Tag("case-98")
  void rejectsWhatIsEncryptedByASharedSecret() {
    var jwe = jwe(EC.getPublic(), "dir", "A256GCM");
    jwe.setKey(new AesKey(new byte[32]));
    assertRejected(compact(jwe), "alg of the JWE");
  }

  @Test
  @Tag("case-98")
  void rejectsWhatIsEncryptedToAnotherKey() {
    assertRejected(
        compact(jwe(TestKeys.p256("another").getPublic(), "ECDH-ES+A256KW", "A256GCM")),
        "cannot be decrypted");
  }

  @Test
  @Tag("case-98")
  void theKidIsOursIfThereIsOne() throws Exception {
    var kid = String.valueOf(decrypter().publicJwk().get("kid"));
    var jwe = valid();
    jwe.setKeyIdHeaderValue(kid);
    assertThat(decrypter().open(compact(jwe))).isEqualTo(INNER);
    assertThat(decrypter().open(compact(valid()))).isEqualTo(INNER);
    var other = valid();
    other.setKeyIdHeaderValue(kid + "x");
    assertRejected(compact(other), "kid of the JWE");
  }

  @Test
  @Tag("case-99")
  void rejectsContentThatIsCompressedBeforeItIsUnpacked() {
    var jwe = valid();
    jwe.setPayload("a".repeat(10_000_000));
    jwe.enableDefaultCompression();
    var bomb = compact(jwe);
    assertThat(bomb).hasSizeLessThan(32 * 1024);
    assertRejected(bomb, "zip or crit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "crit"})
  @Tag("case-99")
  void rejectsAHeaderThatChangesHowItWouldBeRead(String name) {
    var jwe = valid();
    jwe.setHeader(name, "x");
    var header = jwe.getHeaders().getFullHeaderAsJsonString();
    assertRejected(
        Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + ".AAAA.AAAA.AAAA.AAAA",
        "zip or crit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "json", "application/jwt2", "application/x/jwt", "text/jwt"})
  @Tag("case-99")
  void rejectsContentThatIsNoJwt(String cty) {
    var jwe = valid();
    jwe.setContentTypeHeaderValue(cty);
    assertRejected(compact(jwe), "cty is not JWT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "application/jwt", "Application/JWT"})
  void takesTheContentTypeInAnySpelling(String cty) throws Exception {
    var jwe = valid();
    jwe.setContentTypeHeaderValue(cty); // RFC 7519 5.2, RFC 7516 4.1.12
    assertThat(decrypter().open(compact(jwe))).isEqualTo(INNER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  @Tag("case-99")
  void rejectsAPartThatWasChanged(int part) {
    var parts = compact(valid()).split("\\.", -1);
    var first = parts[part].charAt(0);
    parts[part] = (first == 'A' ? 'B' : 'A') + parts[part].substring(1);
    assertThatThrownBy(() -> decrypter().open(String.join(".", parts)))
        .isInstanceOf(RejectedJwtException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "....", "a.b.c.d", "aa.aa.aa.aa.aa.aa", "a=.aa.aa.aa.aa", "aa.a a.a.a.a"})
  @Tag("case-99")
  void rejectsWhatIsNoCompactJwe(String text) {
    assertRejected(text, "no JWE in compact form");
  }

  @Test
  @Tag("case-99")
  void aTokenAndItsHeaderHaveABoundedLength() {
    assertRejected("a".repeat(JweDecrypter.MAX_CHARACTERS + 1), "more than");
    assertRejected("a".repeat(5000) + ".aa.aa.aa.aa", "no JWE in compact form");
  }

  @Test
  @Tag("case-99")
  void rejectsBitsThatNoDecoderLooksAt() {
    var parts = compact(valid()).split("\\.", -1);
    parts[2] = "AB"; // RFC 4648 3.5
    assertRejected(String.join(".", parts), "not base64url as it is written");
  }

  // CVE-2015-7940: a point elsewhere tells of the private key, bit by bit
  @Test
  @Tag("case-99")
  void rejectsAPointThatIsNotOnTheCurve() throws Exception {
    var header =
        "{\"alg\":\"ECDH-ES\",\"enc\":\"A256GCM\",\"cty\":\"JWT\",\"epk\":{\"kty\":\"EC\","
            + "\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}";
    var text = Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + "..AAAA.AAAA.AAAA";
    var direct = JweDecrypter.with(key(EC), JweAlgorithm.ECDH_ES, JweEncryption.A256GCM);
    assertThatThrownBy(() -> direct.open(text))
        .isInstanceOfSatisfying(
            RejectedJwtException.class, e -> assertThat(e.rule()).contains("cannot be decrypted"));
  }

  @Test
  void theKeyDecidesWhichAlgorithmsThereAre() throws Exception {
    assertThatThrownBy(
            () -> JweDecrypter.with(key(EC), JweAlgorithm.RSA_OAEP_256, JweEncryption.A256GCM))
        .isInstanceOf(UnusableKeyException.class);
    assertThatThrownBy(
            () -> JweDecrypter.with(key(RSA), JweAlgorithm.ECDH_ES, JweEncryption.A256GCM))
        .isInstanceOf(UnusableKeyException.class);
  }

  @Test
  void publishesThePublicHalfForEncryptionOnly() throws Exception {
    var jwk = decrypter().publicJwk();
    assertThat(jwk)
        .containsOnlyKeys("kty", "crv", "x", "y", "kid", "use", "alg")
        .containsAllEntriesOf(Map.of("use", "enc", "alg", "ECDH-ES+A256KW"));
    assertThat(PublicJsonWebKey.Factory.newPublicJwk(jwk).getPublicKey()).isEqualTo(EC.getPublic());
  }
}
