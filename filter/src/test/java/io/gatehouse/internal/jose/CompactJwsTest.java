package io.gatehouse.internal.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {
  private static final KeyPair KEY = TestKeys.p256("compact");
  private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
  private static final String PAYLOAD = "{\"iss\":\"https://op.example\"}";

  private static String with(String header) {
    return RawJws.signed(header, PAYLOAD, KEY.getPrivate());
  }

  private static void assertRejected(String text, String rule) {
    assertThatThrownBy(() -> CompactJws.parse(text))
        .isInstanceOf(RejectedJwtException.class)
        .hasMessageContaining(rule);
  }

  @Test
  void readsTheHeader() throws RejectedJwtException {
    var jws = CompactJws.parse(with(HEADER));
    assertThat(jws.algorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(jws.kid()).hasValue("k1");
    assertThat(jws.typ()).hasValue("JWT");
  }

  @ParameterizedTest
  @CsvSource({
    "application/jwt, jwt",
    "APPLICATION/JWT, JWT",
    "application/at+jwt, at+jwt",
    "application/x/jwt, application/x/jwt",
    "application/application/jwt, application/application/jwt",
    "application/, application/",
    "text/jwt, text/jwt",
    "x-application/jwt, x-application/jwt"
  })
  void readsTypWithoutItsPrefix(String typ, String read) throws RejectedJwtException {
    assertThat(CompactJws.parse(with(HEADER.replace("JWT", typ))).typ()).hasValue(read);
  }

  @Test
  void acceptsAHeaderWithAlgOnly() throws RejectedJwtException {
    var jws = CompactJws.parse(with("{\"alg\":\"ES256\"}"));
    assertThat(jws.kid()).isEmpty();
    assertThat(jws.typ()).isEmpty();
  }

  // 64 bytes are 85 letters and a third: four bits of the last one are not read.
  @Test
  @Tag("case-52")
  void rejectsAnotherSpellingOfTheSameSignature() throws RejectedJwtException {
    var genuine = with(HEADER);
    var last = genuine.charAt(genuine.length() - 1);
    var other = genuine.substring(0, genuine.length() - 1) + (char) (last + 1);
    assertThat(CompactJws.parse(genuine).kid()).hasValue("k1");
    assertRejected(other, "a part is not base64url as it is written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none", "None", "NONE", "nOnE", "ES256K", "Ed448", "ed25519", "es256", "HS1", "dir", ""
      })
  @Tag("case-52")
  void rejectsAnAlgThatIsNotSupported(String alg) {
    assertRejected(with(HEADER.replace("ES256", alg)), "alg is not supported (RFC 8725 3.1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"kid\":\"k1\"}", "{\"alg\":null}", "{\"alg\":[\"ES256\"]}", "{\"alg\":1}"})
  void rejectsAnAlgThatIsNoString(String header) {
    assertRejected(with(header), "alg is not supported");
  }

  @Test
  @Tag("case-52")
  void rejectsAlgNoneWithoutSignature() {
    assertRejected(
        RawJws.signingInput("{\"alg\":\"none\"}", PAYLOAD) + ".",
        "not a JWS in compact serialization");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"],\"exp\":1",
        "\"crit\":[]",
        "\"b64\":false",
        "\"b64\":true",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"zip\":\"DEF\""
      })
  @Tag("case-56")
  @Tag("case-57")
  void rejectsAHeaderThatChangesHowTheJwsIsRead(String member) {
    assertRejected(
        with(HEADER.replace("}", "," + member + "}")), "crit, b64 or zip (RFC 7515 4.1.11)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"ES256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"ES256\",\"kid\":\"a\",\"kid\":\"b\"}",
        "{\"alg\":\"ES256\",\"x\":{\"a\":1,\"a\":2}}",
        "{\"alg\":\"ES256\",\"\\u0061lg\":\"HS256\"}"
      })
  @Tag("case-56")
  void rejectsAHeaderWithANameThatIsThereTwice(String header) {
    assertRejected(with(header), "the header is not one JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"ES256\"", "null", "{\"alg\":\"ES256\"", "ES256", " "})
  void rejectsAHeaderThatIsNoJsonObject(String header) {
    assertRejected(with(header), "the header is not one JSON object");
  }

  @Test
  @Tag("case-57")
  void rejectsAnEncryptedJwtBeforeAnyWork() {
    var inner = RawJws.signingInput("{\"alg\":\"none\"}", PAYLOAD) + ".";
    var header = "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128CBC-HS256\",\"p2c\":2147483647}";
    assertRejected(
        RawJws.encoded(header) + ".AAAA.AAAA." + RawJws.encoded(inner) + ".AAAA",
        "not a JWS in compact serialization");
    assertRejected(with(header), "alg is not supported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.b",
        "a.b.",
        ".b.c",
        "a..c",
        "a.b.c.d",
        "a.b.c ",
        "a.b.c\n",
        " a.b.c",
        "a.b=.c",
        "a.b+.c",
        "{\"payload\":\"e30\",\"protected\":\"eyJhbGciOiJFUzI1NiJ9\",\"signature\":\"AA\"}"
      })
  @Tag("case-56")
  void rejectsAnyOtherForm(String text) {
    assertRejected(text, "not a JWS in compact serialization (RFC 7515 7.1)");
  }

  @Test
  void rejectsAHeaderInASpellingThatIsNotCanonical() {
    var canonical = with("{\"alg\":\"ES256\" }"); // 16 bytes: the last character has unused bits
    var end = canonical.indexOf('.');
    assertThat(canonical.charAt(end - 1)).isEqualTo('Q');
    assertRejected(
        canonical.substring(0, end - 1) + "R" + canonical.substring(end),
        "the header is not one JSON object");
  }

  @Test
  @Tag("case-58")
  void acceptsATokenOf64KiBAndRejectsALongerOne() throws RejectedJwtException {
    var start = RawJws.encoded(HEADER) + ".";
    var rest = CompactJws.MAX_CHARACTERS - start.length() - 1;
    var payload = (rest - 2) / 4 * 4; // whole groups, and two to five letters for the signature
    var signature = rest - payload == 5 ? 3 : rest - payload;
    var most = start + "A".repeat(rest - signature) + "." + "A".repeat(signature);
    assertThat(most).hasSize(64 * 1024);
    assertThat(CompactJws.parse(most).kid()).hasValue("k1");
    assertRejected(most + "A", "more than 65536 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kid", "typ"})
  @Tag("case-58")
  void acceptsHeaderValuesOf512CharactersAndRejectsLongerOnes(String name)
      throws RejectedJwtException {
    var header = "{\"alg\":\"ES256\",\"" + name + "\":\"%s\"}";
    CompactJws.parse(with(header.formatted("a".repeat(512))));
    assertRejected(with(header.formatted("a".repeat(513))), name + " is not a short string");
  }

  @Test
  @Tag("case-58")
  void acceptsAHeaderOf4096CharactersAndRejectsALongerOne() throws RejectedJwtException {
    var header = "{\"alg\":\"ES256\",\"x\":\"%s\"}";
    var most = header.formatted("a".repeat(3_072 - header.length() + 2));
    assertThat(RawJws.encoded(most)).hasSize(4_096);
    assertThat(CompactJws.parse(with(most)).algorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertRejected(with(most + " "), "not a JWS in compact serialization");
  }

  @Test
  @Tag("case-58")
  void rejectsAKidOf10KBBeforeParsing() {
    assertRejected(
        with(HEADER.replace("k1", "k".repeat(10_000))), "not a JWS in compact serialization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[\"k1\"]", "{}"})
  void rejectsAKidThatIsNoString(String value) {
    assertRejected(with(HEADER.replace("\"k1\"", value)), "kid is not a short string");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "a\\r\\nSet-Cookie: x=1", "' OR 1=1 --"})
  @Tag("case-58")
  void aHostileKidReachesNoMessage(String kid) throws Exception {
    var jws = CompactJws.parse(with(HEADER.replace("k1", kid)));
    var keys = JsonWebKeys.parse(TestKeys.jwks(TestKeys.publicJwk(KEY.getPublic(), "k1")));
    assertThatThrownBy(() -> keys.keysFor(jws))
        .isInstanceOf(UnknownKeyException.class)
        .hasMessage("no key of the server's JWKS has the kid of the JWT");
  }

  @Test
  void anyTextGivesAJwsOrTheOneException() {
    var random = new Random(7515);
    var alphabet = "eyJhbGciOiJFUzI1NiJ9._-{}\":,\\ \u0000\u00e9\ud83d";
    for (var i = 0; i < 5_000; i++) {
      var text = new StringBuilder(with(HEADER));
      for (var j = 0; j < 3; j++) {
        text.setCharAt(
            random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        CompactJws.parse(text.toString());
      } catch (RejectedJwtException expected) {
        assertThat(expected.rule()).isNotEmpty();
      }
    }
  }
}
