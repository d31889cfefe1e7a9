package io.gatehouse.internal.protocol;

import java.util.Optional;

/**
 * What a logout token that passed every rule says; only {@link LogoutTokenVerifier} makes one.
 * Never printed.
 */
public final class LogoutToken {
  private final String issuer;
  private final Optional<String> sid;
  private final Optional<String> sub;
  private final long issuedAt;

  LogoutToken(String issuer, Optional<String> sid, Optional<String> sub, long issuedAt) {
    this.issuer = issuer;
    this.sid = sid;
    this.sub = sub;
    this.issuedAt = issuedAt;
  }

  /** {@code iss}, which is that of the ID tokens. */
  public String issuer() {
    return issuer;
  }

  /** {@code sid}: the session that has ended. */
  public Optional<String> sid() {
    return sid;
  }

  /** {@code sub}: the user; without a {@code sid}, all sessions of whom have ended. */
  public Optional<String> sub() {
    return sub;
  }

  /** {@code iat}, in seconds since the epoch. */
  public long issuedAt() {
    return issuedAt;
  }

  @Override
  public String toString() {
    return "LogoutToken[hidden]";
  }
}
