package io.gatehouse.internal.jose;

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
    var text = new String(material, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      return signing(jwkPair(text));
    }
    var pem = PKCS8.matcher(text);
    if (pem.find()) {
      return signing(pkcs8Pair(pem.group(1)));
    }
    throw new UnusableKeyException(adviceFor(text));
  }

  private static String adviceFor(String text) {
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      return "is an encrypted PEM file; put the key into a PKCS12 store to keep it under a password";
    }
    if (text.contains("-----BEGIN EC PRIVATE KEY-----")
        || text.contains("-----BEGIN RSA PRIVATE KEY-----")) {
      return "is in the old PEM format; convert it: openssl pkcs8 -topk8 -nocrypt -in old -out new";
    }
    return "is neither a private JWK, nor PEM (BEGIN PRIVATE KEY), nor a PKCS12 store";
  }

  /** A private key with its public half, and the members of its JWK. */
  record Pair(
      PrivateKey privateKey,
      PublicKey publicKey,
      Optional<String> kid,
      Optional<String> use,
      Optional<String> alg) {}

  /**
   * Reads a private key of any type and use from a JWK or PEM with PKCS#8.
   *
   * @throws UnusableKeyException if the content is in neither format
   */
  static Pair pair(byte[] material) throws UnusableKeyException {
    var text = new String(material, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      return jwkPair(text);
    }
    var pem = PKCS8.matcher(text);
    if (pem.find()) {
      return pkcs8Pair(pem.group(1));
    }
    throw new UnusableKeyException("is neither a private JWK nor PEM (BEGIN PRIVATE KEY)");
  }

  private static Pair jwkPair(String json) throws UnusableKeyException {
    PublicJsonWebKey jwk;
    try {
      jwk = PublicJsonWebKey.Factory.newPublicJwk(json);
    } catch (JoseException | RuntimeException notAKey) {
      // jose4j's message and cause may quote the key.
      throw new UnusableKeyException("is not a JWK with a private EC, RSA or OKP key");
    }
    if (jwk.getPrivateKey() == null) {
      throw new UnusableKeyException("is a public JWK; the private one is needed");
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
      throw new UnusableKeyException("is a JWK whose use is not sig");
    }
    var wanted = pair.alg().flatMap(JwsAlgorithm::named);
    if (pair.alg().isPresent() && wanted.isEmpty()) {
      throw new UnusableKeyException("is a JWK with an alg that is not supported");
    }
    return SigningKey.of(pair.privateKey(), pair.publicKey(), pair.kid(), wanted);
  }

  private static Pair pkcs8Pair(String base64) throws UnusableKeyException {
    PKCS8EncodedKeySpec spec;
    try {
      spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new UnusableKeyException("is PEM with broken base64");
    }
    for (var type : List.of("EC", "RSA", "Ed25519")) {
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
    throw new UnusableKeyException("is PEM without a private EC, RSA or Ed25519 key");
  }

  private static Optional<PrivateKey> privateKey(String type, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(type).generatePrivate(spec));
    } catch (GeneralSecurityException otherType) {
      return Optional.empty();
    }
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
      throw new UnusableKeyException("is a PKCS12 store that its password does not open");
    }
    throw new UnusableKeyException("is a PKCS12 store without a private key");
  }
}
