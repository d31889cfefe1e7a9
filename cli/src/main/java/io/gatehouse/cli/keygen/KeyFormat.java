package io.gatehouse.cli.keygen;

import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Locale;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** The format of a private key in its file. */
public enum KeyFormat {
  /** PKCS#8 in PEM, as openssl writes it; RFC 7468 section 10. */
  PEM {
    @Override
    String write(KeyPair pair) {
      var base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(pair.getPrivate().getEncoded());
      return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }
  },

  /** A private JWK (RFC 7517), whose {@code kid} is its thumbprint (RFC 7638). */
  JWK {
    @Override
    String write(KeyPair pair) {
      try {
        var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        jwk.setPrivateKey(pair.getPrivate());
        jwk.setUse("sig");
        jwk.setKeyId(jwk.calculateBase64urlEncodedThumbprint("SHA-256"));
        return jwk.toJson(OutputControlLevel.INCLUDE_PRIVATE) + "\n";
      } catch (JoseException e) {
        throw new IllegalStateException("a key of this platform has no JWK", e);
      }
    }
  };

  abstract String write(KeyPair pair);

  /** Returns the format that a file's name implies. */
  public static KeyFormat of(Path file) {
    return file.toString().matches(".*\\.(jwk|json)") ? JWK : PEM;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
