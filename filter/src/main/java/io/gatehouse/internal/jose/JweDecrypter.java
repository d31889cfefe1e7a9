package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/**
 * Decrypts nested JWTs, JWE compact serialization around a JWS (RFC 7516 section 7.1, RFC 7519
 * section 5.2), with one key under one pair of algorithms. Successful decryption does not
 * authenticate the sender: the key is public, so the JWS must still be verified.
 */
public final class JweDecrypter {
  // A JWS of the maximum length, in base64url, with the parts before it
  static final int MAX_CHARACTERS = 96 * 1024;

  private static final int MAX_HEADER_CHARACTERS = 4 * 1024;
  private static final Pattern FIVE_PARTS =
      Pattern.compile(
          "[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final DecryptionKey key;
  private final JweAlgorithm algorithm;
  private final JweEncryption encryption;

  private JweDecrypter(DecryptionKey key, JweAlgorithm algorithm, JweEncryption encryption) {
    this.key = key;
    this.algorithm = algorithm;
    this.encryption = encryption;
  }

  /**
   * Returns a decrypter with a private key.
   *
   * @throws UnusableKeyException if the algorithm does not fit the key
   */
  public static JweDecrypter with(
      DecryptionKey key, JweAlgorithm algorithm, JweEncryption encryption)
      throws UnusableKeyException {
    if (!key.serves(algorithm)) {
      throw new UnusableKeyException(KeyFaults.KEY_MISFIT, algorithm.wireName());
    }
    return new JweDecrypter(key, algorithm, encryption);
  }

  /** Returns the public half of the key as a JWK (RFC 7517), with {@code use} {@code enc}. */
  public Map<String, Object> publicJwk() {
    return key.publicJwk(algorithm);
  }

  /** Returns whether a text has the five parts of an encrypted JWT (RFC 7516 section 9). */
  public static boolean isEncrypted(String text) {
    return text.chars().filter(it -> it == '.').count() == 4;
  }

  /**
   * Decrypts a token and returns the JWS in it.
   *
   * @throws RejectedJwtException if the token is not encrypted, not encrypted exactly as
   *     configured, too long, or not encrypted to this key
   */
  public String open(String text) throws RejectedJwtException {
    if (text.length() > MAX_CHARACTERS) {
      throw new RejectedJwtException("a JWE of more than " + MAX_CHARACTERS + " characters");
    }
    var headerEnd = text.indexOf('.');
    if (headerEnd > MAX_HEADER_CHARACTERS || !FIVE_PARTS.matcher(text).matches()) {
      throw new RejectedJwtException("not encrypted: no JWE in compact form (RFC 7516 7.1)");
    }
    requireOneSpelling(text);
    requireHeader(header(text.substring(0, headerEnd)));
    return decrypted(text);
  }

  private static void requireOneSpelling(String text) throws RejectedJwtException {
    for (var part : text.split("\\.", -1)) {
      if (!part.isEmpty() && Base64Url.decode(part).isEmpty()) {
        throw new RejectedJwtException("a part is not base64url as it is written (RFC 7515 2)");
      }
    }
  }

  private static Map<String, Object> header(String part) throws RejectedJwtException {
    try {
      var json = new String(Base64Url.decode(part).orElse(new byte[0]), StandardCharsets.UTF_8);
      return JsonText.members(json);
    } catch (JoseException | RuntimeException e) {
      throw new RejectedJwtException("the header is not one JSON object (RFC 7516 4)");
    }
  }

  private void requireHeader(Map<String, Object> header) throws RejectedJwtException {
    // RFC 8725 3.6: a compressed token of one kilobyte could expand to fill the memory
    if (header.containsKey("zip") || header.containsKey("crit")) {
      throw new RejectedJwtException("the header has zip or crit (RFC 7516 4.1.3, 4.1.13)");
    }
    require(header, "alg", algorithm.wireName());
    require(header, "enc", encryption.wireName());
    if (header.containsKey("kid")) {
      require(header, "kid", key.kid());
    }
    if (!(header.get("cty") instanceof String cty
        && CompactJws.withoutPrefix(cty).equalsIgnoreCase("JWT"))) {
      throw new RejectedJwtException("cty is not JWT, as of a nested one (RFC 7519 5.2)");
    }
  }

  private static void require(Map<String, Object> header, String name, String value)
      throws RejectedJwtException {
    if (!value.equals(header.get(name))) {
      throw new RejectedJwtException(name + " of the JWE is not the one that was configured");
    }
  }

  // One reason for every failure, so that an attacker learns nothing about the key.
  private String decrypted(String text) throws RejectedJwtException {
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmConstraints(only(algorithm.wireName()));
    jwe.setContentEncryptionAlgorithmConstraints(only(encryption.wireName()));
    jwe.setKey(key.privateKey());
    try {
      jwe.setCompactSerialization(text);
      return new String(jwe.getPlaintextBytes(), StandardCharsets.UTF_8);
    } catch (JoseException | RuntimeException e) {
      throw new RejectedJwtException("the JWE cannot be decrypted (RFC 7516 5.2)");
    }
  }

  private static AlgorithmConstraints only(String name) {
    return new AlgorithmConstraints(ConstraintType.PERMIT, name);
  }

  @Override
  public String toString() {
    return "JweDecrypter[" + algorithm.wireName() + ", " + encryption.wireName() + "]";
  }
}
