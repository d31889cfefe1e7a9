package io.gatehouse.it.servers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A P-256 key that signs JWTs with the JDK's own signatures, independently of the tested code. */
public record SigningKey(KeyPair pair, String kid) {
  private static final int BYTES = 32;

  static SigningKey create() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SigningKey(generator.generateKeyPair(), "the-one-key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonObject jwk() {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    return Json.createObjectBuilder()
        .add("kty", "EC")
        .add("crv", "P-256")
        .add("use", "sig")
        .add("alg", "ES256")
        .add("kid", kid)
        .add("x", coordinate(point.getAffineX()))
        .add("y", coordinate(point.getAffineY()))
        .build();
  }

  private static String coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[BYTES];
    var length = Math.min(bytes.length, BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, BYTES - length, length);
    return base64(fixed);
  }

  /** Returns a JWT under any {@code kid}, with this key's signature. */
  String sign(String anyKid, String typ, JsonObject claims) {
    var header =
        Json.createObjectBuilder().add("alg", "ES256").add("typ", typ).add("kid", anyKid).build();
    var signed = base64(utf8(header.toString())) + "." + base64(utf8(claims.toString()));
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(utf8(signed));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid + "]";
  }
}
