package io.gatehouse.protocol;

import io.gatehouse.jose.DerivedKey;
import io.gatehouse.jose.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The keys of all log-ins under one signing key or client secret, one for each purpose, derived
 * with HKDF (RFC 5869). Every node with the same configuration has the same; a node with another
 * issuer, client id or public URL has none in common with it.
 */
public final class LoginKeys {
  final Seal handleSeal;
  final Seal cookieSeal;
  final Seal nodesSeal;
  final DerivedKey state;
  final DerivedKey nonce;
  final DerivedKey codeVerifier;
  final DerivedKey jti;

  /**
   * @param keyingMaterial the private key's or the secret's bytes
   * @param application what tells this application from another with the same key
   */
  public LoginKeys(
      byte[] keyingMaterial,
      String issuer,
      String clientId,
      String application,
      SecureRandom random) {
    var root =
        DerivedKey.extract("gatehouse login v1".getBytes(StandardCharsets.UTF_8), keyingMaterial);
    // Lengths before the parts: no two different configurations make the same text.
    var bound =
        root.forPurpose(
            issuer.length() + ":" + issuer + clientId.length() + ":" + clientId + application);
    this.handleSeal = new Seal(bound.forPurpose("request handle"), random);
    this.cookieSeal = new Seal(bound.forPurpose("login cookie"), random);
    this.nodesSeal = new Seal(bound.forPurpose("between nodes"), random);
    this.state = bound.forPurpose("state");
    this.nonce = bound.forPurpose("nonce");
    this.codeVerifier = bound.forPurpose("code_verifier");
    this.jti = bound.forPurpose("jti");
  }

  @Override
  public String toString() {
    return "LoginKeys[hidden]";
  }
}
