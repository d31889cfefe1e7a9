package io.gatehouse.standin.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A compact JWS with an arbitrary header: Nimbus would refuse to write most invalid ones. */
public final class SignedText {

  private SignedText() {}

  public static String by(ECKey key, Map<String, Object> header, Map<String, Object> claims) {
    var input = input(header, claims);
    try {
      var signature =
          new ECDSASigner(key)
              .sign(new JWSHeader(JWSAlgorithm.ES256), input.getBytes(StandardCharsets.US_ASCII));
      return input + '.' + signature;
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  public static String byUnrelatedKey(Map<String, Object> header, Map<String, Object> claims) {
    try {
      return by(new ECKeyGenerator(Curve.P_256).generate(), header, claims);
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  public static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
    return input(header, claims) + '.';
  }

  private static String input(Map<String, Object> header, Map<String, Object> claims) {
    return encode(header) + '.' + encode(claims);
  }

  private static String encode(Map<String, Object> json) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(json)).toString();
  }
}
