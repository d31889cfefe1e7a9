package io.gatehouse.internal.protocol;

import java.util.Optional;

/**
 * The claims of a logout token that passed every rule; only {@link LogoutTokenVerifier} creates
 * one. The string form hides them.
 */
public final class LogoutToken {
  private final String issuer;
  private final Optional<String> sid;
  private final Optional<String> sub;
  private final long issuedAt;
  private final long arrivedAt;

  LogoutToken(
      String issuer, Optional<String> sid, Optional<String> sub, long issuedAt, long arrivedAt) {
    this.issuer = issuer;
    this.sid = sid;
    this.sub = sub;
    this.issuedAt = issuedAt;
    this.arrivedAt = arrivedAt;
  }

  /** Returns {@code iss}, which equals that of the ID tokens. */
  public String issuer() {
    return issuer;
  }

  /** Returns {@code sid}: the session that has ended. */
  public Optional<String> sid() {
    return sid;
  }

  /** Returns {@code sub}: the user. Without a {@code sid}, all sessions of this user have ended. */
  public Optional<String> sub() {
    return sub;
  }

  /** Returns {@code iat}, in seconds since the epoch. */
  public long issuedAt() {
    return issuedAt;
  }

  /** Returns the time at which the token arrived, in milliseconds since the epoch. */
  public long arrivedAt() {
    return arrivedAt;
  }

  @Override
  public String toString() {
    return "LogoutToken[hidden]";
  }
}
