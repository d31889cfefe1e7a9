package io.gatehouse.internal.jose;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;

/**
 * The {@code did:key} of a P-256 public key: {@code did:key:z} and the base58btc form of the
 * multicodec prefix {@code 0x80 0x24} with the compressed point (W3C did:key method; SEC 1 section
 * 2.3.3).
 */
final class DidKey {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger FIFTY_EIGHT = BigInteger.valueOf(58);
  private static final int COORDINATE_BYTES = 32;

  private DidKey() {}

  static String of(ECPublicKey key) {
    var bytes = new byte[2 + 1 + COORDINATE_BYTES];
    bytes[0] = (byte) 0x80;
    bytes[1] = 0x24;
    bytes[2] = (byte) (key.getW().getAffineY().testBit(0) ? 3 : 2);
    var x = key.getW().getAffineX().toByteArray();
    var length = Math.min(x.length, COORDINATE_BYTES);
    System.arraycopy(x, x.length - length, bytes, bytes.length - length, length);
    return "did:key:z" + base58(bytes);
  }

  // The prefix is not zero, so the leading-zero rule of base58 never applies.
  private static String base58(byte[] bytes) {
    var text = new StringBuilder();
    var rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      var division = rest.divideAndRemainder(FIFTY_EIGHT);
      text.append(BASE58.charAt(division[1].intValue()));
      rest = division[0];
    }
    return text.reverse().toString();
  }
}
