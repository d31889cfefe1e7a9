package io.gatehouse.internal.protocol;

import io.gatehouse.internal.jose.Base64Url;
import io.gatehouse.internal.jose.RejectedJwtException;
import io.gatehouse.internal.jose.Sha256;
import io.gatehouse.internal.jose.VerifiedJwt;
import java.util.Map;
import java.util.Optional;

/**
 * The names of a session. The authorization server names a session that it ends by the {@code sid}
 * of the ID token, if present, or by the user's {@code sub} (OpenID Connect Back-Channel Logout 1.0
 * section 2.4); nodes name a session to each other by its login. Names are hashed, with the issuer,
 * so that markers are short and reveal nothing.
 */
public final class SessionName {
  private final Optional<String> bySid;
  private final String bySub;
  private final String bySubWithoutSid;
  private final String byLogin;
  private final long issuedAt;

  /**
   * Creates the names.
   *
   * @param nonce the unique nonce of the login
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

  /**
   * Returns {@code sid}, by one rule for ID tokens and logout tokens, so that a session that begins
   * can also end (OpenID Connect Back-Channel Logout 1.0 section 2.1): an empty {@code sid} counts
   * as absent, and only the length of the token limits its length, since names are hashed.
   *
   * @throws RejectedJwtException if the claim is not a string
   */
  static Optional<String> sid(VerifiedJwt jwt) throws RejectedJwtException {
    return jwt.string("sid").filter(it -> !it.isEmpty());
  }

  /** Returns {@code sid} of the verified claims of a session, by the same rule. */
  public static Optional<String> sid(Map<String, Object> claims) {
    return claims.get("sid") instanceof String it && !it.isEmpty()
        ? Optional.of(it)
        : Optional.empty();
  }

  Optional<String> bySid() {
    return bySid;
  }

  String bySub() {
    return bySub;
  }

  /** Returns the substitute for the {@code sid} of a session without one. */
  String bySubWithoutSid() {
    return bySubWithoutSid;
  }

  /** Returns the name of the login with which the session began, unique among all sessions. */
  public String byLogin() {
    return byLogin;
  }

  long issuedAt() {
    return issuedAt;
  }

  static String sidMark(String issuer, String sid) {
    return mark("sid", issuer, sid);
  }

  /**
   * Returns the name of a session of one user only.
   *
   * @param sidMark the name by {@code sid}
   * @param subMark the name by {@code sub}
   */
  static String sidAndSubMark(String sidMark, String subMark) {
    return mark("sid-and-sub", sidMark, subMark);
  }

  static String subWithoutSidMark(String issuer, String subject) {
    return mark("sub-without-sid", issuer, subject);
  }

  static String subMark(String issuer, String subject) {
    return mark("sub", issuer, subject);
  }

  /**
   * Returns the name of the arrival of a logout token.
   *
   * @param name the name that the token has marked
   * @param endedAt the time of the token, in seconds since the epoch
   */
  static String arrivalMark(String name, long endedAt) {
    return mark("arrival", name, String.valueOf(endedAt));
  }

  /** Returns the name of one kind for a text of this issuer. */
  static String mark(String kind, String issuer, String text) {
    return Base64Url.encode(Sha256.of(kind + ":" + issuer.length() + ":" + issuer + text));
  }
}
