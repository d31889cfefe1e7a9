package io.gatehouse.standin.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.gatehouse.standin.config.Line;
import io.gatehouse.standin.did.DidKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only signing key of the authorization server: ES256, {@code use: sig}, no {@code alg}, lost
 * when the process ends.
 */
public final class SigningKey implements JWKSource<SecurityContext> {

  private final boolean keyIdIsDid;
  private volatile ECKey current;

  public SigningKey(Line line) {
    this.keyIdIsDid = line.keyIdIsDid();
    this.current = generate(keyIdIsDid);
  }

  public ECKey current() {
    return current;
  }

  public void rotate() {
    current = generate(keyIdIsDid);
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    return selector.select(new JWKSet(current));
  }

  private static ECKey generate(boolean keyIdIsDid) {
    try {
      var key = new ECKeyGenerator(Curve.P_256).generate();
      var keyId = keyIdIsDid ? DidKey.encode(key) : key.computeThumbprint().toString();
      return new ECKey.Builder(key).keyUse(KeyUse.SIGNATURE).keyID(keyId).build();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }
}
