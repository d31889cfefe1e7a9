package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.DerivedKey;
import io.gatehouse.internal.jose.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * The keys of all logins under one signing key or client secret, one for each purpose, derived with
 * HKDF (RFC 5869). All nodes with the same configuration have the same keys; a node with another
 * issuer, client id or public URL shares none of them.
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
   * Creates the keys.
   *
   * @param keyingMaterial the bytes of the private key or the secret
   * @param client the client under which these logins begin and end
   * @param application distinguishes this application from another with the same key
   */
  public LoginKeys(byte[] keyingMaterial, Client client, String application, SecureRandom random) {
    this(keyingMaterial, client, application, random, Instant.MAX);
  }

  /**
   * Creates the keys of logins that no longer begin.
   *
   * @param lastBegin the latest possible beginning of a login; a login with a later beginning is
   *     forged
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
    // Length prefixes: no two different configurations produce the same text.
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
