package io.gatehouse.internal.jose;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JWS made by hand, so that its header can have any content and the signature is still valid. */
public final class RawJws {
  private RawJws() {}

  /** Signs with SHA-256, or with the hash of its curve if the key is one of P-384 or P-521. */
  public static String signed(String header, String payload, PrivateKey key) {
    var input = signingInput(header, payload);
    try {
      var signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64Url.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String algorithm(PrivateKey key) {
    if (key instanceof ECPrivateKey ec) {
      return switch (ec.getParams().getCurve().getField().getFieldSize()) {
        case 384 -> "SHA384withECDSAinP1363Format";
        case 521 -> "SHA512withECDSAinP1363Format";
        default -> "SHA256withECDSAinP1363Format";
      };
    }
    return key instanceof RSAPrivateKey ? "SHA256withRSA" : "Ed25519";
  }

  /** The first two parts. */
  public static String signingInput(String header, String payload) {
    return encoded(header) + "." + encoded(payload);
  }

  /** Returns the HMAC-SHA-256 of the first two parts, as in HS256. */
  public static String hs256(String header, String payload, byte[] secret) {
    var input = signingInput(header, payload);
    return input + "." + Base64Url.encode(hmac(secret, input));
  }

  public static byte[] hmac(byte[] secret, String message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(message.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns one part of a compact JWS, as text. */
  public static String part(String compact, int index) {
    var bytes = Base64Url.decode(compact.split("\\.", -1)[index]).orElseThrow();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static String encoded(String text) {
    return Base64Url.encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
