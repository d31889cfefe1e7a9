package io.gatehouse.it;

import io.gatehouse.jose.KeyReader;
import io.gatehouse.jose.UnusableKeyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Optional;

/** A new signing key of a client: a PEM file and the did:key under which the Verifier knows it. */
record ClientKey(Path file, String didKey) {
  static ClientKey create(Path file) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var encoded = generator.generateKeyPair().getPrivate().getEncoded();
      var pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
              + "\n-----END PRIVATE KEY-----\n";
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, pem);
      var didKey =
          KeyReader.read(pem.getBytes(StandardCharsets.US_ASCII), Optional.empty()).didKey();
      return new ClientKey(file.toAbsolutePath(), didKey);
    } catch (GeneralSecurityException | UnusableKeyException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value for {@code gatehouse.signing-key}. */
  String location() {
    return file.toUri().toString();
  }
}
