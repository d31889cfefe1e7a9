package io.gatehouse.it.servers;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A P-256 key of the lying server, under a {@code kid}. */
public record ServerKey(String kid, KeyPair pair) {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  public static ServerKey create(String kid) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new ServerKey(kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the public key as a JWK. */
  public String jwk() {
    return jwk("\"kid\":\"" + kid + "\",\"use\":\"sig\",\"alg\":\"ES256\",");
  }

  /**
   * Returns the public key as a JWK.
   *
   * @param members the members besides those of the key itself, each followed by a comma
   */
  public String jwk(String members) {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    return "{%s\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
        .formatted(members, coordinate(point.getAffineX()), coordinate(point.getAffineY()));
  }

  /** Returns the JWK Set that contains only this key. */
  String jwks() {
    return "{\"keys\":[" + jwk() + "]}";
  }

  private static String coordinate(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[32];
    var length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return base64Url(fixed);
  }

  /** Returns the ES256 signature. */
  String sign(String input) {
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return base64Url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String base64Url(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }

  public static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "ServerKey[" + kid + "]";
  }
}
