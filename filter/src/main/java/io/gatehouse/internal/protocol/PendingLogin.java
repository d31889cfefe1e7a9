package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.DerivedKey;
import io.gatehouse.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A log-in that has begun: its id and the keys under which it began. {@code state}, {@code nonce},
 * {@code code_verifier} and {@code jti} are each the HMAC of the id under a key of their own, so
 * one tells nothing of another.
 */
public final class PendingLogin {
  private final LoginId id;
  private final LoginKeys keys;
  private final Nonce state;

  PendingLogin(LoginId id, LoginKeys keys) {
    this.id = id;
    this.keys = keys;
    this.state = new Nonce(derived(id, keys.state));
  }

  LoginId id() {
    return id;
  }

  /** As which client the log-in began, and has to end. */
  public Client client() {
    return keys.client;
  }

  /** When the log-in began, to the second. */
  public Instant begun() {
    return id.begun();
  }

  /** {@code state}, RFC 6749 section 4.1.1. */
  Nonce state() {
    return state;
  }

  /** {@code nonce}, OpenID Connect Core 1.0 section 3.1.2.1. */
  Nonce nonce() {
    return new Nonce(derived(id, keys.nonce));
  }

  /** {@code code_verifier}: 43 characters that hold 256 bits, RFC 7636 section 4.1. */
  CodeVerifier codeVerifier() {
    return new CodeVerifier(derived(id, keys.codeVerifier));
  }

  /** {@code jti} of the request object, the same whenever it is fetched; RFC 7519 section 4.1.7. */
  String jti() {
    return derived(id, keys.jti);
  }

  /**
   * A name for this log-in's cookie that its {@code state} leads to and that tells nothing of it.
   */
  public String cookieSuffix() {
    return cookieSuffix(state().value());
  }

  static String cookieSuffix(String state) {
    return Base64Url.encode(Sha256.of(state)).substring(0, 10);
  }

  /** The handle of the request object: this log-in and what belongs to its request, sealed. */
  public String handle(String place, String detail) {
    return keys.handleSeal.close(content(detail), place);
  }

  /** The cookie's value: this log-in and where to return, sealed for one place. */
  public String cookie(String place, String detail) {
    return keys.cookieSeal.close(content(detail), place);
  }

  private byte[] content(String detail) {
    var utf8 = detail.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(LoginId.BYTES + utf8.length).put(id.bytes()).put(utf8).array();
  }

  private static String derived(LoginId id, DerivedKey key) {
    return Base64Url.encode(key.mac(id.bytes()));
  }

  @Override
  public String toString() {
    return "PendingLogin[begun=" + begun() + "]";
  }
}
