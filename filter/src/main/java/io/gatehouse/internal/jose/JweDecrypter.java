package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/**
 * Decrypts nested JWTs, JWE compact serialization around a JWS (RFC 7516 section 7.1, RFC 7519
 * section 5.2), with one key under one pair of algorithms. That it decrypts says nothing of who
 * encrypted it: the key is public, and the JWS has still to be verified.
 */
public final class JweDecrypter {
  // A JWS of the most characters, in base64url, and what stands before it
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
   * A decrypter with a private key.
   *
   * @throws UnusableKeyException if the algorithm is not one for this key
   */
  public static JweDecrypter with(
      DecryptionKey key, JweAlgorithm algorithm, JweEncryption encryption)
      throws UnusableKeyException {
    if (!key.serves(algorithm)) {
      throw new UnusableKeyException("is not a key for " + algorithm.wireName());
    }
    return new JweDecrypter(key, algorithm, encryption);
  }

  /** The public half of the key as a JWK (RFC 7517), with {@code use} {@code enc}. */
  public Map<String, Object> publicJwk() {
    return key.publicJwk(algorithm);
  }

  /** Whether it has the five parts of an encrypted JWT (RFC 7516 section 9). */
  public static boolean isEncrypted(String text) {
    return text.chars().filter(it -> it == '.').count() == 4;
  }

  /**
   * The JWS inside.
   *
   * @throws RejectedJwtException if it is not encrypted, not in exactly the way that was
   *     configured, too long, or not to this key
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
    // RFC 8725 3.6: a token of a kilobyte could unpack to all the memory that there is
    if (header.containsKey("zip") || header.containsKey("crit")) {
      throw new RejectedJwtException("the header has zip or crit (RFC 7516 4.1.3, 4.1.13)");
    }
    require(header, "alg", algorithm.wireName());
    require(header, "enc", encryption.wireName());
    if (header.containsKey("kid")) {
      require(header, "kid", key.kid());
    }
    if (!(header.get("cty") instanceof String cty && cty.equalsIgnoreCase("JWT"))) {
      throw new RejectedJwtException("cty is not JWT, as of a nested one (RFC 7519 5.2)");
    }
  }

  private static void require(Map<String, Object> header, String name, String value)
      throws RejectedJwtException {
    if (!value.equals(header.get(name))) {
      throw new RejectedJwtException(name + " of the JWE is not the one that was configured");
    }
  }

  // One reason for whatever goes wrong, so that nobody can learn of the key by it.
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
