package io.gatehouse.cli.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.cli.Run;
import io.gatehouse.internal.jose.KeyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeygenTest {
  private static final Pattern PRIVATE_MEMBER =
      Pattern.compile("\"(d|p|q|dp|dq|qi)\":\"([^\"]+)\"");

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "P-256, key.pem, ES256",
    "P-256, key.jwk, ES256",
    "p-384, key.pem, ES384",
    "P-384, key.json, ES384",
    "RSA, key.pem, RS256",
    "rsa, key.jwk, RS256",
    "Ed25519, key.pem, EdDSA",
    "Ed25519, key.jwk, EdDSA"
  })
  void makesAKeyThatTheFilterReads(String type, String name, String algorithm) throws Exception {
    var file = directory.resolve(name);

    var run = Run.of("keygen", "--type", type, file.toString());

    assertThat(run.exitCode()).isZero();
    var key = KeyReader.read(Files.readAllBytes(file), Optional.empty());
    assertThat(key.preferredAlgorithm().wireName()).isEqualTo(algorithm);
    assertThat(run.out()).contains("\"kid\":\"" + key.kid() + "\"");
    assertThat(run.out().contains("did:key:zDnae")).isEqualTo(algorithm.equals("ES256"));
    if (algorithm.equals("ES256")) {
      assertThat(run.out()).contains(key.didKey());
    }
  }

  @ParameterizedTest
  @CsvSource({"P-256", "P-384", "RSA", "Ed25519"})
  void printsNothingOfThePrivateHalf(String type) throws IOException {
    var file = directory.resolve("key.jwk");

    var run = Run.of("keygen", "--type", type, file.toString());

    var secrets =
        PRIVATE_MEMBER.matcher(Files.readString(file)).results().map(it -> it.group(2)).toList();
    assertThat(secrets).isNotEmpty();
    assertThat(run.out() + run.err()).doesNotContain(secrets);
  }

  @ParameterizedTest
  @CsvSource({"key.pem, false", "key.jwk, false", "key.pem, true"})
  void givesRightsToTheOwnerOnly(String name, boolean force) throws IOException {
    var file = directory.resolve(name);
    if (force) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    }

    var run =
        force ? Run.of("keygen", file.toString(), "--force") : Run.of("keygen", file.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void leavesAFileThatExistsAsItIs() throws IOException {
    var file = Files.writeString(directory.resolve("key.pem"), "the key of long ago");

    var run = Run.of("keygen", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exists and is left as it is").contains("--force");
    assertThat(file).hasContent("the key of long ago");
  }

  @Test
  void writesThroughNoLink() throws IOException {
    var target = directory.resolve("target");
    var link = Files.createSymbolicLink(directory.resolve("key.pem"), target);

    assertThat(Run.of("keygen", link.toString()).exitCode()).isEqualTo(2);
    assertThat(Run.of("keygen", link.toString(), "--force").exitCode()).isZero();

    assertThat(target).doesNotExist();
    assertThat(link).isRegularFile();
  }

  @Test
  void saysWhatTypesThereAre() {
    var run = Run.of("keygen", "--type", "P-521", directory.resolve("key.pem").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[P-256, P-384, RSA, Ed25519]");
  }

  @Test
  void saysThatADirectoryIsMissingWithoutAStackTrace() {
    var run = Run.of("keygen", directory.resolve("nowhere/key.pem").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("cannot be written", "no folder " + directory.resolve("nowhere"), "Make it first")
        .doesNotContain("\tat ");
  }
}
