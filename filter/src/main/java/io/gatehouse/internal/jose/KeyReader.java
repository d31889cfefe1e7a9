package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Reads a private key in a common format: a private JWK (RFC 7517), PEM with PKCS#8 (RFC 5208), or
 * a PKCS12 key store. No message quotes the input.
 */
public final class KeyReader {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> TYPES = List.of("EC", "RSA", "Ed25519");
  private static final byte DER_SEQUENCE = 0x30;

  private KeyReader() {}

  /**
   * Reads the key.
   *
   * @param material the content of the file or property
   * @param password the password of a PKCS12 store; empty if no password is set
   * @throws UnusableKeyException if the content is no key in a known format, or the key's type or
   *     size is not accepted
   */
  public static SigningKey read(byte[] material, Optional<String> password)
      throws UnusableKeyException {
    if (material.length > 0 && material[0] == DER_SEQUENCE) {
      return fromPkcs12(material, password);
    }
    var text = text(material);
    if (text.startsWith("{")) {
      return signing(jwkPair(text));
    }
    var pem = PKCS8.matcher(text);
    if (pem.find()) {
      return signing(pkcs8Pair(pem.group(1)));
    }
    throw new UnusableKeyException(faultOf(text));
  }

  /**
   * Returns the text of a key or secret, without the line end that editors add.
   *
   * @throws UnusableKeyException if the text is in UTF-16 or begins with a byte order mark
   */
  public static String text(byte[] material) throws UnusableKeyException {
    var text = new String(material, StandardCharsets.UTF_8);
    // The marks of UTF-16 are no UTF-8; without a mark, every other byte of ASCII is zero.
    if (text.startsWith("\uFEFF") || text.startsWith("\uFFFD\uFFFD") || text.indexOf('\0') >= 0) {
      throw new UnusableKeyException(KeyFaults.WRONG_ENCODING);
    }
    return text.strip();
  }

  private static String faultOf(String text) {
    if (text.contains("-----BEGIN ") && text.contains("\\n")) {
      return KeyFaults.LINE_ENDS_AS_TEXT;
    }
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      return KeyFaults.ENCRYPTED_PEM;
    }
    if (text.contains("-----BEGIN EC PRIVATE KEY-----")
        || text.contains("-----BEGIN RSA PRIVATE KEY-----")) {
      return KeyFaults.OLD_PEM;
    }
    return KeyFaults.UNKNOWN_FORMAT;
  }

  /** A private key with its public half, and the members of its JWK. */
  record Pair(
      PrivateKey privateKey,
      PublicKey publicKey,
      Optional<String> kid,
      Optional<String> use,
      Optional<String> alg) {
    // Some providers print the numbers of a private key.
    @Override
    public String toString() {
      return "Pair[hidden]";
    }
  }

  /**
   * Reads a private key of any type and use from a JWK or PEM with PKCS#8.
   *
   * @throws UnusableKeyException if the content is in neither format
   */
  static Pair pair(byte[] material) throws UnusableKeyException {
    var text = text(material);
    if (text.startsWith("{")) {
      return jwkPair(text);
    }
    var pem = PKCS8.matcher(text);
    if (pem.find()) {
      return pkcs8Pair(pem.group(1));
    }
    throw new UnusableKeyException(KeyFaults.NEITHER_JWK_NOR_PEM);
  }

  private static Pair jwkPair(String json) throws UnusableKeyException {
    PublicJsonWebKey jwk;
    try {
      jwk = PublicJsonWebKey.Factory.newPublicJwk(json);
    } catch (JoseException | RuntimeException notAKey) {
      // jose4j's message and cause may quote the key.
      throw new UnusableKeyException(KeyFaults.INVALID_JWK);
    }
    if (jwk.getPrivateKey() == null) {
      throw new UnusableKeyException(KeyFaults.PUBLIC_JWK);
    }
    return new Pair(
        jwk.getPrivateKey(),
        jwk.getPublicKey(),
        Optional.ofNullable(jwk.getKeyId()),
        Optional.ofNullable(jwk.getUse()),
        Optional.ofNullable(jwk.getAlgorithm()));
  }

  private static SigningKey signing(Pair pair) throws UnusableKeyException {
    if (!pair.use().map("sig"::equals).orElse(true)) {
      throw new UnusableKeyException(KeyFaults.JWK_NOT_FOR_SIGNING);
    }
    var wanted = pair.alg().flatMap(JwsAlgorithm::named).filter(JwsAlgorithm::signs);
    if (pair.alg().isPresent() && wanted.isEmpty()) {
      throw new UnusableKeyException(KeyFaults.UNSUPPORTED_ALG);
    }
    return SigningKey.of(pair.privateKey(), pair.publicKey(), pair.kid(), wanted);
  }

  private static Pair pkcs8Pair(String base64) throws UnusableKeyException {
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException(KeyFaults.BROKEN_PEM);
    }
    for (var type : TYPES) {
      var key = privateKey(type, spec);
      if (key.isPresent()) {
        return new Pair(
            key.get(),
            PublicHalf.of(key.get()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
      }
    }
    throw new UnusableKeyException(KeyFaults.PEM_WITHOUT_KEY);
  }

  private static Optional<PrivateKey> privateKey(String type, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(type).generatePrivate(spec));
    } catch (GeneralSecurityException otherType) {
      return Optional.empty();
    }
  }

  private static String faultOfStore(byte[] material, Optional<String> password) {
    var spec = new PKCS8EncodedKeySpec(material);
    if (TYPES.stream().anyMatch(it -> privateKey(it, spec).isPresent())) {
      return KeyFaults.DER;
    }
    return password.isEmpty() ? KeyFaults.PASSWORD_MISSING : KeyFaults.WRONG_PASSWORD;
  }

  private static SigningKey fromPkcs12(byte[] material, Optional<String> password)
      throws UnusableKeyException {
    var secret = password.orElse("").toCharArray();
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(material), secret);
      for (var alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, secret) instanceof PrivateKey key) {
          var certificate = Optional.ofNullable(store.getCertificate(alias));
          var publicKey =
              certificate.isPresent() ? certificate.get().getPublicKey() : PublicHalf.of(key);
          return SigningKey.of(key, publicKey, Optional.empty(), Optional.empty());
        }
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new UnusableKeyException(faultOfStore(material, password));
    }
    throw new UnusableKeyException(KeyFaults.STORE_WITHOUT_KEY);
  }
}
