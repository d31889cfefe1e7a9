package io.gatehouse.internal.jose;

import static io.gatehouse.internal.jose.TestKeys.json;
import static io.gatehouse.internal.jose.TestKeys.pem;
import static io.gatehouse.internal.jose.TestKeys.privateJwk;
import static io.gatehouse.internal.jose.TestKeys.publicJwk;
import static io.gatehouse.internal.jose.TestKeys.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("case-77")
class KeyReaderTest {
  private static final KeyPair P256 = TestKeys.p256("reader");
  private static final KeyPair P256_OTHER = TestKeys.p256("reader, another");
  private static final KeyPair RSA = TestKeys.rsa(2048, "reader");
  private static final String PASSWORD = "correct horse";

  private static SigningKey read(String text) throws UnusableKeyException {
    return KeyReader.read(text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(P256, JwsAlgorithm.ES256),
        Arguments.of(TestKeys.p384("reader"), JwsAlgorithm.ES384),
        Arguments.of(RSA, JwsAlgorithm.RS256),
        Arguments.of(TestKeys.ed25519(TestKeys.fixedRandom("reader")), JwsAlgorithm.EDDSA));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsPemWithPkcs8(KeyPair pair, JwsAlgorithm algorithm) throws UnusableKeyException {
    assertHolds(pair, algorithm, read(pem(pair.getPrivate())));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsAPrivateJwk(KeyPair pair, JwsAlgorithm algorithm) throws UnusableKeyException {
    assertHolds(pair, algorithm, read(json(privateJwk(pair))));
  }

  private static void assertHolds(KeyPair pair, JwsAlgorithm algorithm, SigningKey key) {
    assertThat(key.preferredAlgorithm()).isEqualTo(algorithm);
    assertThat(key.publicJwk()).containsAllEntriesOf(publicJwk(pair.getPublic()));
    assertThat(SigningKey.signs(key.privateKey(), pair.getPublic())).isTrue();
  }

  @Test
  void readsPemAmongOtherText() throws UnusableKeyException {
    var file = "Bag Attributes\r\n  friendlyName: key\r\n" + pem(P256.getPrivate()) + "\r\nmore";
    assertHolds(P256, JwsAlgorithm.ES256, read(file));
  }

  @Test
  void takesTheKidAndTheAlgOfTheJwk() throws UnusableKeyException {
    var key = read(json(with(with(privateJwk(RSA), "kid", "2026-01"), "alg", "PS384")));
    assertThat(key.kid()).isEqualTo("2026-01");
    assertThat(key.preferredAlgorithm()).isEqualTo(JwsAlgorithm.PS384);
  }

  @Test
  void readsAPkcs12StoreWithItsPassword(@TempDir Path folder) throws Exception {
    var store = keytool(folder, "EC", "-groupname", "secp256r1");
    var key = KeyReader.read(Files.readAllBytes(store), Optional.of(PASSWORD));
    assertThat(key.preferredAlgorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(key.kid()).hasSize(43);
    assertThatThrownBy(() -> KeyReader.read(Files.readAllBytes(store), Optional.of("wrong")))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage(
            "GH224 the key is a PKCS12 store that gatehouse.signing-key-password does not open."
                + " Correct the password.")
        .hasNoCause();
    assertThatThrownBy(() -> KeyReader.read(Files.readAllBytes(store), Optional.empty()))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageStartingWith("GH234 the key is a PKCS12 store. Set");
  }

  private static Path keytool(Path folder, String algorithm, String... options) throws Exception {
    var store = folder.resolve("key.p12");
    var command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-dname",
                    "CN=test",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString(),
                    "-keyalg",
                    algorithm),
                Arrays.stream(options))
            .toList();
    var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(said).isZero();
    return store;
  }

  // openssl pkcs12 -export -nocerts
  @Test
  void readsAPkcs12StoreWithoutCertificate() throws Exception {
    var key = KeyReader.read(storeWithoutCertificate(), Optional.of(PASSWORD));
    assertThat(key.preferredAlgorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(key.publicJwk()).containsEntry("x", "HeekZNlzwdGCIK9UbPg2cJ-3wQ6lc3Tn-riN145Buqk");
  }

  private static byte[] storeWithoutCertificate() {
    return Base64.getDecoder()
        .decode(
            "MIIBfgIBAzCCATQGCSqGSIb3DQEHAaCCASUEggEhMIIBHTCCARkGCSqGSIb3DQEHAaCCAQoEggEGMIIBAjCB"
                + "/wYLKoZIhvcNAQwKAQKgge8wgewwVwYJKoZIhvcNAQUNMEowKQYJKoZIhvcNAQUMMBwECAd/j1UMvzTA"
                + "AgIIADAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQbW8YpgAIjSoWJs/ilSzSFwSBkKWbXtccmB1q"
                + "RzrwF1isv29dOeLNF1iwtAQvbEW6QgQtG4hNymDHKhJzvrILhyMi1NogZWYGMiKlQPbweUR5kYwkjtkR"
                + "HZwBQFIlORrl1bcl5ynM442RYGAC/gsK/3GPVnY9CQldujIbo+Q5AKt0GFCt+KXkijUQ4lVsilTkMGxB"
                + "dx6uthRShDayEQqpSN36bTBBMDEwDQYJYIZIAWUDBAIBBQAEIA5t3AFc7WY9rNIe0HPhajaZvtNaFpu9"
                + "IGts0vfSs1SfBAj9s3PTntdYJAICCAA=");
  }

  @Test
  void rejectsAPkcs12StoreWithoutPrivateKey() throws Exception {
    var store = emptyStore();
    assertThatThrownBy(() -> KeyReader.read(store, Optional.of(PASSWORD)))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessage(
            "GH225 the key is a PKCS12 store without a private key. Import the key into the"
                + " store.");
  }

  @Test
  void aKeyInDerIsToldHowToConvertIt() {
    for (var pair : List.of(P256, RSA)) {
      assertThatThrownBy(() -> KeyReader.read(pair.getPrivate().getEncoded(), Optional.empty()))
          .isInstanceOf(UnusableKeyException.class)
          .hasMessageStartingWith("GH233 the key is a private key in DER. Convert it");
    }
  }

  private static byte[] emptyStore() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD.toCharArray());
    var bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD.toCharArray());
    return bytes.toByteArray();
  }

  static Stream<Arguments> rejected() {
    var jwk = privateJwk(P256);
    var base64 = Base64.getEncoder().encodeToString(P256.getPrivate().getEncoded());
    var octets = Base64Url.encode(P256.getPrivate().getEncoded());
    var mixedRsa = with(privateJwk(RSA), "n", member(TestKeys.rsa(2048, "reader 2"), "n"));
    return Stream.of(
        Arguments.of("a public JWK", json(publicJwk(P256.getPublic())), "is a public JWK"),
        Arguments.of(
            "use=enc", json(with(jwk, "use", "enc")), "is a JWK whose member use is not sig"),
        Arguments.of("alg unknown", json(with(jwk, "alg", "ES256K")), "with an unsupported alg"),
        Arguments.of("alg of another type", json(with(jwk, "alg", "RS256")), "not a key for RS256"),
        Arguments.of("alg HS256", json(with(jwk, "alg", "HS256")), "is not a key for HS256"),
        Arguments.of(
            "halves of two EC keys",
            json(with(jwk, "d", member(P256_OTHER, "d"))),
            "does not belong to its private half"),
        Arguments.of(
            "halves of two RSA keys", json(mixedRsa), "does not belong to its private half"),
        Arguments.of(
            "an oct JWK",
            json(Map.of("kty", "oct", "k", octets)),
            "is not a JWK with a private EC, RSA or OKP key"),
        Arguments.of(
            "a JWK cut short",
            json(jwk).substring(0, json(jwk).length() - 1),
            "is not a JWK with a private EC, RSA or OKP key"),
        Arguments.of("RSA of 1024 bits", pem(TestKeys.rsa(1024, "r").getPrivate()), "must be EC"),
        Arguments.of(
            "RSA of 1024 bits as JWK", json(privateJwk(TestKeys.rsa(1024, "r"))), "must be EC"),
        Arguments.of("P-521", pem(p521().getPrivate()), "must be EC P-256 or P-384"),
        Arguments.of(
            "P-521 for ES512",
            json(with(privateJwk(p521()), "alg", "ES512")),
            "with an unsupported alg"),
        Arguments.of("P-521 as JWK", json(privateJwk(p521())), "must be EC P-256 or P-384"),
        Arguments.of(
            "old EC PEM",
            "-----BEGIN EC PRIVATE KEY-----\n" + base64 + "\n-----END EC PRIVATE KEY-----",
            "is in the old PEM format. Convert it"),
        Arguments.of(
            "old RSA PEM",
            "-----BEGIN RSA PRIVATE KEY-----\n" + base64 + "\n-----END RSA PRIVATE KEY-----",
            "is in the old PEM format. Convert it"),
        Arguments.of(
            "encrypted PEM",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + base64
                + "\n-----END ENCRYPTED PRIVATE KEY-----",
            "is an encrypted PEM file"),
        Arguments.of(
            "PEM cut short",
            "-----BEGIN PRIVATE KEY-----\n"
                + base64.substring(0, 60)
                + "\n-----END PRIVATE KEY-----",
            "is PEM without a private EC, RSA or Ed25519 key"),
        Arguments.of(
            "PEM with broken base64",
            "-----BEGIN PRIVATE KEY-----\n" + base64 + "=A\n-----END PRIVATE KEY-----",
            "is PEM with invalid base64"),
        Arguments.of("base64 alone", base64, "is neither a private JWK, nor PEM"),
        Arguments.of("nothing", "", "is neither a private JWK, nor PEM"),
        Arguments.of(
            "PEM with escaped line ends",
            pem(P256.getPrivate()).replace("\n", "\\n"),
            "with \\n as text"),
        Arguments.of("DER that is no store", "0" + base64, "is a PKCS12 store. Set"));
  }

  private static Object member(KeyPair pair, String name) {
    return Optional.ofNullable(privateJwk(pair).get(name)).orElseThrow();
  }

  private static KeyPair p521() {
    return TestKeys.ec("secp521r1", TestKeys.fixedRandom("reader"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rejected")
  @Tag("case-89")
  void rejectsWithAReasonThatHoldsNothingOfTheKey(String what, String material, String fault) {
    var thrown = catchThrowable(() -> read(material));
    assertThat(thrown)
        .as(what)
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining(fault);
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(windows(material)).as("pieces of the key").noneMatch(trace.toString()::contains);
  }

  /**
   * Returns every twelve characters of the material's long unbroken runs, which are its key
   * numbers.
   */
  private static Stream<String> windows(String material) {
    return Arrays.stream(material.split("[^A-Za-z0-9+/_-]+|-----[A-Z ]+-----", -1))
        .filter(it -> it.length() >= 40)
        .flatMap(
            it ->
                Stream.iterate(0, i -> i + 12 <= it.length(), i -> i + 1)
                    .map(i -> it.substring(i, i + 12)));
  }

  @ParameterizedTest
  @CsvSource({"10", "11", "12"})
  void anyBytesGiveAKeyOrTheOneException(int seed) {
    var random = new Random(seed);
    for (var i = 0; i < 300; i++) {
      var material =
          (i % 2 == 0 ? pem(P256.getPrivate()) : json(privateJwk(P256)))
              .getBytes(StandardCharsets.UTF_8);
      material[random.nextInt(material.length)] = (byte) random.nextInt(256);
      try {
        assertThat(KeyReader.read(material, Optional.empty()).kid()).isNotEmpty();
      } catch (UnusableKeyException expected) {
        assertThat(expected.faultOf("it")).isNotEmpty();
      }
    }
  }

  @Test
  void anyBytesOfAStoreGiveAKeyOrTheOneException() {
    var random = new Random(7292);
    for (var i = 0; i < 100; i++) {
      var material = storeWithoutCertificate();
      material[1 + random.nextInt(material.length - 1)] = (byte) random.nextInt(256);
      try {
        assertThat(KeyReader.read(material, Optional.of(PASSWORD)).kid()).isNotEmpty();
      } catch (UnusableKeyException expected) {
        assertThat(expected.faultOf("it")).isNotEmpty();
      }
    }
  }
}
