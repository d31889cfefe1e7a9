package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.DerivedKey;
import io.gatehouse.internal.jose.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A login that has begun: its id and the keys under which it began. {@code state}, {@code nonce},
 * {@code code_verifier} and {@code jti} are each the HMAC of the id under a separate key, so none
 * reveals another.
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

  /** Returns the client under which the login began and must end. */
  public Client client() {
    return keys.client;
  }

  /** Returns the time at which the login began, to the second. */
  public Instant begun() {
    return id.begun();
  }

  /** Returns the {@code state} (RFC 6749 section 4.1.1). */
  Nonce state() {
    return state;
  }

  /** Returns the {@code nonce} (OpenID Connect Core 1.0 section 3.1.2.1). */
  Nonce nonce() {
    return new Nonce(derived(id, keys.nonce));
  }

  /** Returns the {@code code_verifier}: 43 characters that hold 256 bits (RFC 7636 section 4.1). */
  CodeVerifier codeVerifier() {
    return new CodeVerifier(derived(id, keys.codeVerifier));
  }

  /**
   * Returns the {@code jti} of the request object, the same at every fetch (RFC 7519 section
   * 4.1.7).
   */
  public String jti() {
    return derived(id, keys.jti);
  }

  /**
   * Returns a name for this login's cookie, which is derived from its {@code state} and reveals
   * nothing about it.
   */
  public String cookieSuffix() {
    return cookieSuffix(state().value());
  }

  static String cookieSuffix(String state) {
    return Base64Url.encode(Sha256.of(state)).substring(0, 10);
  }

  /**
   * Returns the handle of the request object: this login and the details of its request, sealed for
   * one place.
   */
  public String handle(String place, String detail) {
    return keys.handleSeal.close(content(detail), place);
  }

  /**
   * Returns the value of the cookie: this login and the page to return to, sealed for one place.
   */
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
