package io.gatehouse.internal.config;

import static io.gatehouse.internal.config.ValidConfiguration.RFC_7515_A_3;
import static io.gatehouse.internal.config.ValidConfiguration.RFC_7515_A_3_DID_KEY;
import static io.gatehouse.internal.config.ValidConfiguration.ofOidc;
import static io.gatehouse.internal.config.ValidConfiguration.ofVerifier;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FixedRandom;
import io.gatehouse.internal.jose.KeyReader;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, secrets and trust stores in files and on the class path. */
@Tag("case-77")
class ConfiguredFilesTest {
  private static final String PASSWORD = "canary-password";

  @TempDir private Path folder = Path.of("");

  private Path jwk = Path.of("");

  @BeforeEach
  void writeKey() throws IOException {
    jwk = Files.writeString(folder.resolve("key file.jwk"), RFC_7515_A_3 + "\n");
  }

  private static String clientId(String signingKey) {
    return ofVerifier().with(Property.SIGNING_KEY, signingKey).read().clientId();
  }

  @Test
  void aKeyIsReadFromAnAbsoluteFileUri() {
    assertThat(clientId(jwk.toUri().toString())).isEqualTo(RFC_7515_A_3_DID_KEY);
    assertThat(clientId("file:" + jwk.toUri().getRawPath())).isEqualTo(RFC_7515_A_3_DID_KEY);
  }

  @Test
  void aKeyIsReadFromARelativePath() {
    var here = Path.of("").toAbsolutePath();
    assertThat(clientId("file:" + here.relativize(jwk))).isEqualTo(RFC_7515_A_3_DID_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classpath:keys/key.jwk", "classpath:/keys/key.jwk"})
  void aKeyIsReadFromTheClassPath(String location) throws IOException {
    Files.createDirectory(folder.resolve("keys"));
    Files.copy(jwk, folder.resolve("keys/key.jwk"));
    var config = ofVerifier().with(Property.SIGNING_KEY, location).config();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      assertThat(
              ConfigurationReader.read(config, FilterName.alone("gatehouse"), Map.of(), loader)
                  .clientId())
          .isEqualTo(RFC_7515_A_3_DID_KEY);
    }
  }

  @Test
  void aSecretInAFileHasNoLineBreakAtItsEnd() throws IOException {
    var file = Files.writeString(folder.resolve("secret"), "x".repeat(32) + "\r\n");
    var secret = ofOidc().with(Property.CLIENT_SECRET, file.toUri().toString());
    var byValue = ofOidc().with(Property.CLIENT_SECRET, "x".repeat(32));
    assertThat(secret.read().keys().current().material().bytes())
        .isEqualTo(byValue.read().keys().current().material().bytes());
  }

  @Test
  void aKeyIsReadFromPem() throws Exception {
    var base64 = Base64.getMimeEncoder().encodeToString(privateKey().getEncoded());
    var pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    var file = Files.writeString(folder.resolve("key.pem"), pem);
    assertThat(clientId(file.toUri().toString())).isEqualTo(RFC_7515_A_3_DID_KEY);
  }

  @Test
  void aFileThatIsTooLongIsAFault() throws IOException {
    var file = Files.write(folder.resolve("long"), new byte[(1 << 20) + 1]);
    assertThat(ofVerifier().with(Property.SIGNING_KEY, file.toUri().toString()).faults().orElse(""))
        .contains("gatehouse.signing-key names a location that cannot be read")
        .doesNotContain(folder.toString());
  }

  @Test
  void ofAFileThatIsNotThereItIsSaidWhatToDo() {
    var file = folder.resolve("nowhere").resolve("key.pem").toUri().toString();
    assertThat(ofVerifier().with(Property.SIGNING_KEY, file).faults().orElse(""))
        .contains("GH109", "Create it (a key: with the keygen command), or correct the path.")
        .doesNotContain(folder.toString());
  }

  @Test
  void aPathWithoutFileInFrontIsAFaultAndNotTheSecret() throws IOException {
    var file = Files.writeString(folder.resolve("client-secret"), ValidConfiguration.CLIENT_SECRET);
    var secret = file.toAbsolutePath().toString();
    assertThat(secret.length()).as("long enough to pass for a secret").isGreaterThan(31);
    assertThat(ofOidc().with(Property.CLIENT_SECRET, secret).faults().orElse(""))
        .contains("1 fault", "gatehouse.client-secret is the path of a file. Put file: before it");
    assertThat(ofOidc().with(Property.CLIENT_SECRET, "file:" + secret).faults()).isEmpty();
  }

  @Test
  void anAddressThatWouldMakeRequestUrisTooLongIsAFault() {
    var longest = "https://app.example/" + "x".repeat(160);
    assertThat(ofOidc().with(Property.PUBLIC_URL, longest).faults()).isEmpty();
    assertThat(ofOidc().with(Property.PUBLIC_URL, longest + "x").faults().orElse(""))
        .contains("1 fault", "gatehouse.public-url has more than 180 characters");
  }

  @Test
  void aFolderIsNoKey() {
    assertThat(
            ofVerifier().with(Property.SIGNING_KEY, folder.toUri().toString()).faults().orElse(""))
        .contains("1 fault", "gatehouse.signing-key names a location that cannot be read");
  }

  @Test
  void anRsaKeyOf1024BitsIsAFault() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024, new FixedRandom());
    var base64 =
        Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    var pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----";
    assertThat(ofOidc().with(Property.SIGNING_KEY, pem).faults().orElse(""))
        .contains("1 fault", "gatehouse.signing-key must be", "2048")
        .doesNotContain(base64);
  }

  @Test
  void aKeyIsReadFromAPkcs12StoreWithItsPassword() throws Exception {
    var store = keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1");
    var configuration =
        ofVerifier()
            .with(Property.SIGNING_KEY, store.toUri().toString())
            .with(Property.SIGNING_KEY_PASSWORD, PASSWORD);
    var expected = KeyReader.read(Files.readAllBytes(store), Optional.of(PASSWORD)).didKey();
    assertThat(configuration.read().clientId()).isEqualTo(expected);

    assertThat(
            configuration.with(Property.SIGNING_KEY_PASSWORD, "canary-wrong").faults().orElse(""))
        .contains("1 fault", "gatehouse.signing-key is a PKCS12 store that gatehouse.signing-")
        .doesNotContain("canary");
    assertThat(configuration.without(Property.SIGNING_KEY_PASSWORD).faults().orElse(""))
        .contains("1 fault", "gatehouse.signing-key is a PKCS12 store");
  }

  @Test
  void aPasswordThatCannotBeReadIsOneFaultForAllStores() throws Exception {
    var store = keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1");
    var faults =
        ofVerifier()
            .with(Property.SIGNING_KEY, store.toUri().toString())
            .with(Property.SIGNING_KEY_NEXT, store.toUri().toString())
            .with(Property.SIGNING_KEY_PASSWORD, "file:/nowhere/canary")
            .faults()
            .orElse("");
    assertThat(faults)
        .contains("1 fault in", "gatehouse.signing-key-password names a file")
        .doesNotContain("canary");
  }

  @Test
  void aTrustStoreIsReadWithItsPasswordOnly() throws Exception {
    var store = trustStore();
    var configuration =
        ofVerifier()
            .with(Property.HTTP_TRUSTSTORE, store.toUri().toString())
            .with(Property.HTTP_TRUSTSTORE_PASSWORD, PASSWORD);
    assertThat(configuration.faults()).isEmpty();
    assertThat(
            configuration
                .with(Property.HTTP_TRUSTSTORE_PASSWORD, "canary-wrong")
                .faults()
                .orElse(""))
        .contains("1 fault", "gatehouse.http.truststore cannot be opened: the file is not")
        .doesNotContain("canary-wrong");
    assertThat(
            configuration
                .with(Property.HTTP_TRUSTSTORE_PASSWORD, "file:/nowhere/canary")
                .faults()
                .orElse(""))
        .contains("1 fault", "gatehouse.http.truststore-password names a file");
  }

  @Test
  void anEmptyTrustStoreTrustsNobodyAndIsAFault() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD.toCharArray());
    var file = folder.resolve("empty.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    var configuration =
        ofVerifier()
            .with(Property.HTTP_TRUSTSTORE, file.toUri().toString())
            .with(Property.HTTP_TRUSTSTORE_PASSWORD, PASSWORD);
    assertThat(configuration.faults().orElse(""))
        .contains("1 fault", "gatehouse.http.truststore contains no certificate");
  }

  private Path trustStore() throws Exception {
    var withKey = keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1");
    var keys = KeyStore.getInstance(withKey.toFile(), PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD.toCharArray());
    trusted.setCertificateEntry("ca", keys.getCertificate("key"));
    var file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private Path keytool(String... generation) throws Exception {
    var file = folder.resolve("keys.p12");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(generation));
    command.addAll(
        List.of(
            "-alias", "key", "-dname", "CN=test", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", file.toString()));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    return file;
  }

  private static PrivateKey privateKey() throws Exception {
    var d = Pattern.compile("\"d\":\"([^\"]+)\"").matcher(RFC_7515_A_3);
    assertThat(d.find()).isTrue();
    var parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    var number =
        new BigInteger(1, Base64.getUrlDecoder().decode(Objects.requireNonNull(d.group(1))));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(number, parameters.getParameterSpec(ECParameterSpec.class)));
  }
}
