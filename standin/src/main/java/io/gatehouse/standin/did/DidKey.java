package io.gatehouse.standin.did;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;

/**
 * The did:key method for P-256: {@code z} + base58btc of the multicodec prefix and the compressed
 * point (SEC 1, 2.3.3).
 */
public final class DidKey {

  private static final String METHOD = "did:key:z";
  // Multicodec p256-pub, 0x1200, as an unsigned varint.
  private static final byte[] P256 = {(byte) 0x80, 0x24};
  private static final byte EVEN = 2;
  private static final byte ODD = 3;
  private static final int COORDINATE = 32;
  private static final int MAX_TRIES = 200;
  private static final ECParameterSpec CURVE = Curve.P_256.toECParameterSpec();
  private static final BigInteger P = ((ECFieldFp) CURVE.getCurve().getField()).getP();

  private DidKey() {}

  public static boolean isDidKey(String clientId) {
    return clientId.startsWith("did:key:");
  }

  public static String encode(ECKey key) {
    var parity = key.getY().decodeToBigInteger().testBit(0) ? ODD : EVEN;
    return encode(key.getX().decodeToBigInteger(), parity);
  }

  private static String encode(BigInteger x, byte parity) {
    var bytes = new byte[P256.length + 1 + COORDINATE];
    System.arraycopy(P256, 0, bytes, 0, P256.length);
    bytes[P256.length] = parity;
    var coordinate = ECKey.encodeCoordinate(256, x).decode();
    System.arraycopy(coordinate, 0, bytes, P256.length + 1, COORDINATE);
    return METHOD + Base58.encode(bytes);
  }

  /** Returns the public key with the DID itself as {@code kid}. */
  public static ECKey decode(String did) {
    if (!did.startsWith(METHOD)) {
      throw new IllegalArgumentException("not a did:key in base58btc");
    }
    var bytes = Base58.decode(did.substring(METHOD.length()));
    if (bytes.length != P256.length + 1 + COORDINATE
        || !Arrays.equals(bytes, 0, P256.length, P256, 0, P256.length)) {
      throw new IllegalArgumentException("not a did:key for P-256");
    }
    var x = new BigInteger(1, Arrays.copyOfRange(bytes, P256.length + 1, bytes.length));
    var y = ordinate(x, bytes[P256.length]);
    return new ECKey.Builder(
            Curve.P_256, ECKey.encodeCoordinate(256, x), ECKey.encodeCoordinate(256, y))
        .keyUse(KeyUse.SIGNATURE)
        .keyID(did)
        .build();
  }

  /**
   * Returns the same DID for a name each time, so that an application recognizes its user: a point
   * of the curve whose private key is unknown.
   */
  public static String ofPerson(String name) {
    var x = new BigInteger(1, sha256(name));
    // About half of all numbers are the x of a point.
    for (int i = 0; i < MAX_TRIES; i++) {
      var candidate = encode(x.add(BigInteger.valueOf(i)).mod(P), EVEN);
      try {
        return decode(candidate).getKeyID();
      } catch (IllegalArgumentException noPoint) {
        // try the next number
      }
    }
    throw new IllegalStateException("no point of the curve near this name");
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static BigInteger ordinate(BigInteger x, byte parity) {
    if ((parity != EVEN && parity != ODD) || x.compareTo(P) >= 0) {
      throw new IllegalArgumentException("not a compressed point");
    }
    var curve = CURVE.getCurve();
    var square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(P);
    // p is 3 mod 4, so the root, if one exists, is this power (SEC 1, 2.3.4).
    var root = square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
    if (!root.modPow(BigInteger.TWO, P).equals(square)) {
      throw new IllegalArgumentException("no point of the curve");
    }
    return root.testBit(0) == (parity == ODD) ? root : P.subtract(root);
  }
}
