package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.Sha256;
import java.util.Optional;

/**
 * By what the server can name a session of ours when it ends it: the {@code sid} of the ID token,
 * if it had one, or the user's {@code sub} (OpenID Connect Back-Channel Logout 1.0 section 2.4);
 * and by what our own nodes can name it to each other. Hashed, with the issuer, so that markers are
 * short and tell nothing.
 */
public final class SessionName {
  private final Optional<String> bySid;
  private final String bySub;
  private final String bySubWithoutSid;
  private final String byLogin;
  private final long issuedAt;

  /**
   * @param nonce that of the log-in, which is no other's
   * @param issuedAt the ID token's {@code iat}, in seconds since the epoch
   */
  public SessionName(
      String issuer, Optional<String> sid, String subject, Optional<String> nonce, long issuedAt) {
    this.bySid = sid.map(it -> sidMark(issuer, it));
    this.bySub = subMark(issuer, subject);
    this.bySubWithoutSid = subWithoutSidMark(issuer, subject);
    this.byLogin = mark("login", issuer, nonce.orElse(subject + " " + issuedAt));
    this.issuedAt = issuedAt;
  }

  Optional<String> bySid() {
    return bySid;
  }

  String bySub() {
    return bySub;
  }

  /** What stands in for the {@code sid} of a session that has none. */
  String bySubWithoutSid() {
    return bySubWithoutSid;
  }

  /**
   * The log-in that the session began with: what our own nodes know it by, and no other session.
   */
  public String byLogin() {
    return byLogin;
  }

  long issuedAt() {
    return issuedAt;
  }

  static String sidMark(String issuer, String sid) {
    return mark("sid", issuer, sid);
  }

  static String subWithoutSidMark(String issuer, String subject) {
    return mark("sub-without-sid", issuer, subject);
  }

  static String subMark(String issuer, String subject) {
    return mark("sub", issuer, subject);
  }

  /** A name of its kind for a text of this issuer. */
  static String mark(String kind, String issuer, String text) {
    return Base64Url.encode(Sha256.of(kind + ":" + issuer.length() + ":" + issuer + text));
  }
}
