package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.JwsAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of server, which is a preset of defaults. */
public enum Provider {
  /**
   * The EUDIStack / DOME Verifier: clients are known by a did:key, and all tokens are ES256
   * whatever its metadata says.
   */
  VERIFIER(true, "openid learcredential", "vc/credentialSubject/mandate/power"),

  /** Any server of OpenID Connect. */
  OIDC(false, "openid profile email", "");

  private final boolean didKey;
  private final String scope;
  private final String roles;

  Provider(boolean didKey, String scope, String roles) {
    this.didKey = didKey;
    this.scope = scope;
    this.roles = roles;
  }

  static Optional<Provider> named(String name) {
    return Arrays.stream(values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  /** Whether the client's id and {@code kid} are the did:key of its signing key. */
  boolean didKey() {
    return didKey;
  }

  String scope() {
    return scope;
  }

  /** Where roles are in the claims; an empty text if nowhere. */
  public String roles() {
    return roles;
  }

  /** Whether a log-out goes on at the server: the Verifier's end_session answers 403. */
  boolean logsOutAtServer() {
    return this == OIDC;
  }

  Set<JwsAlgorithm> idTokenAlgorithms() {
    return this == VERIFIER
        ? EnumSet.of(JwsAlgorithm.ES256)
        // Any asymmetric one: the type of the server's key decides (RFC 8725 3.1).
        : EnumSet.range(JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);
  }
}
