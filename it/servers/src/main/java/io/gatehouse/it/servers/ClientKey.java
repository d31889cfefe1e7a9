package io.gatehouse.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A new signing key of a client: a PEM file and the did:key under which the Verifier knows the
 * client.
 */
public record ClientKey(Path file, String didKey) {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(BASE58.length());

  public static ClientKey create(Path file) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var pem =
          "-----BEGIN PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'})
                  .encodeToString(pair.getPrivate().getEncoded())
              + "\n-----END PRIVATE KEY-----\n";
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, pem);
      return new ClientKey(file.toAbsolutePath(), didKey((ECPublicKey) pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // did:key of P-256: base58btc of the multicodec prefix p256-pub and the compressed point.
  // Computed here, independently of the tested code.
  private static String didKey(ECPublicKey key) {
    var point = key.getW();
    var x = point.getAffineX().toByteArray();
    var bytes = new byte[35];
    bytes[0] = (byte) 0x80;
    bytes[1] = 0x24;
    bytes[2] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
    var length = Math.min(x.length, 32);
    System.arraycopy(x, x.length - length, bytes, bytes.length - length, length);
    var text = new StringBuilder();
    for (var rest = new BigInteger(1, bytes); rest.signum() > 0; rest = rest.divide(BASE)) {
      text.append(BASE58.charAt(rest.mod(BASE).intValue()));
    }
    return "did:key:z" + text.reverse();
  }

  /** Copies the key to another file. */
  public ClientKey copy(Path other) {
    try {
      Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
      return new ClientKey(other.toAbsolutePath(), didKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value for {@code gatehouse.signing-key}. */
  public String location() {
    return file.toUri().toString();
  }
}
