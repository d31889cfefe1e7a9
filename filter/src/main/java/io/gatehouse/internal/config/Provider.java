package io.gatehouse.internal.config;

import io.gatehouse.internal.jose.JwsAlgorithm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of authorization server, which is a preset of defaults. */
public enum Provider {
  /**
   * The EUDIStack / DOME Verifier: it identifies clients by a did:key, and signs all tokens with
   * ES256 regardless of its metadata.
   */
  VERIFIER(true, "openid learcredential", "vc/credentialSubject/mandate/power"),

  /** Any OpenID Connect authorization server. */
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

  /** Returns whether the client id and {@code kid} are the did:key of the client's signing key. */
  boolean didKey() {
    return didKey;
  }

  String scope() {
    return scope;
  }

  /** Returns the path of roles in the claims; an empty text for none. */
  public String roles() {
    return roles;
  }

  /**
   * Returns whether a logout continues at the authorization server; the Verifier's end_session
   * answers 403.
   */
  boolean logsOutAtServer() {
    return this == OIDC;
  }

  /** Returns whether a 403 without a body is the refusal of a refresh token. */
  boolean refusesWithoutBody() {
    return this == VERIFIER;
  }

  Set<JwsAlgorithm> idTokenAlgorithms() {
    return this == VERIFIER
        ? EnumSet.of(JwsAlgorithm.ES256)
        // Any asymmetric algorithm: the type of the authorization server's key decides (RFC 8725
        // 3.1).
        : EnumSet.range(JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);
  }
}
