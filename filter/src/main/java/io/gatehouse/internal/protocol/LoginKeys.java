package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.DerivedKey;
import io.gatehouse.internal.jose.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

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
  final Client client;
  final Instant lastBegin;

  /**
   * @param keyingMaterial the private key's or the secret's bytes
   * @param client as which these log-ins begin and end
   * @param application what tells this application from another with the same key
   */
  public LoginKeys(byte[] keyingMaterial, Client client, String application, SecureRandom random) {
    this(keyingMaterial, client, application, random, Instant.MAX);
  }

  /**
   * The keys of log-ins that begin no more.
   *
   * @param lastBegin when one can have begun at the latest; what says that it began later is forged
   */
  public LoginKeys(
      byte[] keyingMaterial,
      Client client,
      String application,
      SecureRandom random,
      Instant lastBegin) {
    var issuer = client.issuer();
    var clientId = client.clientId();
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
    this.client = client;
    this.lastBegin = lastBegin;
  }

  @Override
  public String toString() {
    return "LoginKeys[hidden]";
  }
}
