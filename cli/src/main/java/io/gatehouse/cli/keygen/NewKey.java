package io.gatehouse.cli.keygen;

import io.gatehouse.internal.jose.KeyReader;
import io.gatehouse.internal.jose.SigningKey;
import io.gatehouse.internal.jose.UnusableKeyException;
import jakarta.json.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A new signing key. Its private half is written to the file, and nowhere else. */
public record NewKey(KeyType type, KeyFormat format) {

  /** Creates the key, writes the private half and prints the public half. */
  public void write(PrivateFile file, boolean force, PrintWriter out) {
    var content = format.write(type.generate());
    // Read the key as the filter will read it, before anything relies on it.
    var key = read(content);
    if (force) {
      file.replace(content);
    } else {
      file.create(content);
    }
    out.println("gatehouse.signing-key=" + file.location());
    didKey(key).ifPresent(it -> out.println("did:key     " + it));
    out.println("public JWK  " + Json.createObjectBuilder(key.publicJwk()).build());
  }

  private static SigningKey read(String content) {
    try {
      return KeyReader.read(content.getBytes(StandardCharsets.UTF_8), Optional.empty());
    } catch (UnusableKeyException e) {
      throw new IllegalStateException("a key that the filter does not take", e);
    }
  }

  private static Optional<String> didKey(SigningKey key) {
    try {
      return Optional.of(key.didKey());
    } catch (UnusableKeyException otherThanP256) {
      return Optional.empty();
    }
  }
}
