package io.gatehouse.cli.keygen;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** The types of signing keys that the filter accepts. */
public enum KeyType {
  P256("P-256"),
  P384("P-384"),
  RSA("RSA"),
  ED25519("Ed25519");

  private static final int RSA_BITS = 3072;

  private final String shownName;

  KeyType(String shownName) {
    this.shownName = shownName;
  }

  /**
   * Returns the type with this name, in any case.
   *
   * @throws TypeConversionException if no type has this name
   */
  public static KeyType named(String name) {
    return Arrays.stream(values())
        .filter(it -> it.shownName.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("must be one of " + Arrays.toString(values())));
  }

  KeyPair generate() {
    try {
      var generator = KeyPairGenerator.getInstance(curve().isPresent() ? "EC" : shownName);
      if (curve().isPresent()) {
        generator.initialize(curve().get());
      } else if (this == RSA) {
        generator.initialize(RSA_BITS);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + shownName, e);
    }
  }

  private Optional<ECGenParameterSpec> curve() {
    return switch (this) {
      case P256 -> Optional.of(new ECGenParameterSpec("secp256r1"));
      case P384 -> Optional.of(new ECGenParameterSpec("secp384r1"));
      case RSA, ED25519 -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return shownName;
  }
}
