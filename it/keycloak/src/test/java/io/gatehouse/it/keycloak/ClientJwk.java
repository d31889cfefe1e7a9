package io.gatehouse.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** A new signing key of a client: a private JWK in a file, with its {@code alg}. */
record ClientJwk(Path file, PublicJsonWebKey key) {
  private static final int RSA_BITS = 2048;

  static ClientJwk create(Path file, String alg) {
    try {
      var key =
          alg.startsWith("ES")
              ? EcJwkGenerator.generateJwk(EllipticCurves.P256)
              : RsaJwkGenerator.generateJwk(RSA_BITS);
      key.setAlgorithm(alg);
      return write(file, key);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Creates a key for ECDH-ES, for any of its algorithms. */
  static ClientJwk createForEncryption(Path file) {
    try {
      var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setUse("enc");
      return write(file, key);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClientJwk write(Path file, PublicJsonWebKey key) {
    try {
      key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
      return new ClientJwk(file.toAbsolutePath(), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value for {@code gatehouse.signing-key}. */
  String location() {
    return file.toUri().toString();
  }

  /** Returns the public half, as a client publishes it. */
  String publicJwks() {
    return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /** Returns a request object with these claims. */
  String requestObject(String claims) {
    var jws = new JsonWebSignature();
    jws.setPayload(claims);
    jws.setKey(key.getPrivateKey());
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setAlgorithmHeaderValue(key.getAlgorithm());
    jws.setHeader("typ", "oauth-authz-req+jwt");
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
