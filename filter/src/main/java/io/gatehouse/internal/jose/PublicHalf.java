package io.gatehouse.internal.jose;

import io.gatehouse.internal.message.KeyFaults;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.KeyAgreement;

/**
 * Computes the public key of a private key, which PKCS#8 omits and Java has no method for. The
 * platform does the curve arithmetic (docs/decisions/0005-public-half.md).
 */
final class PublicHalf {
  private PublicHalf() {}

  static PublicKey of(PrivateKey key) throws UnusableKeyException {
    try {
      if (key instanceof ECPrivateKey ec) {
        return of(ec);
      }
      if (key instanceof RSAPrivateCrtKey rsa) {
        return KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      }
      if (key instanceof EdECPrivateKey ed) {
        return of(ed);
      }
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException(KeyFaults.PUBLIC_HALF_MISSING);
    }
    throw new UnusableKeyException(KeyFaults.PUBLIC_HALF_MISSING);
  }

  // ECDH with the curve's base point yields x of the public point; y is one of two square roots.
  private static PublicKey of(ECPrivateKey key)
      throws GeneralSecurityException, UnusableKeyException {
    var curve = key.getParams().getCurve();
    var keys = KeyFactory.getInstance("EC");
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(
        keys.generatePublic(new ECPublicKeySpec(key.getParams().getGenerator(), key.getParams())),
        true);
    var p = ((ECFieldFp) curve.getField()).getP();
    var x = new BigInteger(1, agreement.generateSecret());
    var square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    // p is 3 modulo 4 for P-256 and P-384, so this power is a square root (SEC 1 section 2.3.4).
    var y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    for (var root : Stream.of(y, p.subtract(y)).toList()) {
      var candidate =
          keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, root), key.getParams()));
      if (SigningKey.signs(key, candidate)) {
        return candidate;
      }
    }
    throw new UnusableKeyException(KeyFaults.UNSUPPORTED_CURVE);
  }

  // The generator uses its 32 random bytes as the private key (RFC 8032 section 5.1.5).
  private static PublicKey of(EdECPrivateKey key) throws GeneralSecurityException {
    var seed = key.getBytes().orElseThrow(() -> new GeneralSecurityException("no key bytes"));
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
    var pair = generator.generateKeyPair();
    var generated = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    if (!Arrays.equals(generated, seed)) {
      throw new GeneralSecurityException("this platform generates Ed25519 keys otherwise");
    }
    return pair.getPublic();
  }

  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
    }
  }
}
