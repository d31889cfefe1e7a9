package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.observability.AuditedSession;
import io.gatehouse.internal.protocol.IdToken;
import io.gatehouse.internal.protocol.SessionName;
import io.gatehouse.internal.protocol.TokenResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one answer of the token endpoint gave: the tokens, their times, and the user as known since
 * then. Replaced whole by the next answer, so that no two of its parts ever belong to different
 * answers. Never printed.
 */
public final class TokenSet {
  private final String accessToken;
  private final String idToken;
  private final @Nullable String refreshToken;
  private final String scope;
  private final long receivedAt;
  private final long expiresAt;
  private final VerifiedUser user;
  private final long generation;
  private volatile @Nullable SessionName sessionName;
  private volatile long livesAsOf = -1;

  /**
   * @param receivedAt when the answer came, in milliseconds since the epoch
   * @param expiresAt when the access token ends, in milliseconds since the epoch
   * @param generation how many refreshes after the log-in: nodes whose clocks differ agree on that
   */
  public TokenSet(
      String accessToken,
      String idToken,
      Optional<String> refreshToken,
      String scope,
      long receivedAt,
      long expiresAt,
      VerifiedUser user,
      long generation) {
    this.accessToken = accessToken;
    this.idToken = idToken;
    this.refreshToken = refreshToken.orElse(null);
    this.scope = scope;
    this.receivedAt = receivedAt;
    this.expiresAt = expiresAt;
    this.user = user;
    this.generation = generation;
  }

  /** The tokens of a log-in. */
  public static TokenSet issued(
      TokenResponse answer, IdToken idToken, VerifiedUser user, long receivedAt) {
    return new TokenSet(
        answer.accessToken(),
        idToken.compact(),
        answer.refreshToken(),
        answer.scope(),
        receivedAt,
        receivedAt + answer.expiresIn().toMillis(),
        user,
        0);
  }

  /**
   * The tokens after a refresh. What the server left out stays: the refresh token and the scope
   * (RFC 6749 section 6), and the ID token (OpenID Connect Core 1.0 section 12.2).
   */
  TokenSet renewed(
      TokenResponse answer, Optional<IdToken> newIdToken, VerifiedUser newUser, long receivedNow) {
    return new TokenSet(
        answer.accessToken(),
        newIdToken.map(IdToken::compact).orElse(idToken),
        answer.refreshToken().or(this::refreshToken),
        answer.scope().isEmpty() ? scope : answer.scope(),
        receivedNow,
        receivedNow + answer.expiresIn().toMillis(),
        newUser,
        generation + 1);
  }

  /** The same without refresh token, after it was used and what became of it is not known. */
  public TokenSet withoutRefreshToken() {
    return new TokenSet(
        accessToken, idToken, Optional.empty(), scope, receivedAt, expiresAt, user, generation);
  }

  public String accessToken() {
    return accessToken;
  }

  public String idToken() {
    return idToken;
  }

  public Optional<String> refreshToken() {
    return Optional.ofNullable(refreshToken);
  }

  public String scope() {
    return scope;
  }

  public long receivedAt() {
    return receivedAt;
  }

  public long expiresAt() {
    return expiresAt;
  }

  public VerifiedUser user() {
    return user;
  }

  /** How many refreshes after the log-in. */
  public long generation() {
    return generation;
  }

  /** The session as the audit log names it. */
  public AuditedSession audited() {
    return new AuditedSession(user.subject(), sessionName().byLogin());
  }

  /** By what the server, and our other nodes, can name the session that these tokens are in. */
  public SessionName sessionName() {
    var known = sessionName;
    if (known == null) {
      var claims = ClaimsJson.parse(user.claimsJson()); // once, so not to be kept with the user
      known =
          new SessionName(
              user.issuer(),
              text(claims.get("sid")),
              user.subject(),
              text(claims.get("nonce")),
              claims.get("iat") instanceof Number iat ? iat.longValue() : 0);
      sessionName = known;
    }
    return known;
  }

  private static Optional<String> text(@Nullable Object claim) {
    return claim instanceof String it ? Optional.of(it) : Optional.empty();
  }

  /**
   * Whether the session was found to live when as many ends had been told.
   *
   * @param told what {@link io.gatehouse.internal.protocol.EndedSessions#told} says
   */
  boolean livesAsOf(long told) {
    return told >= 0 && told == livesAsOf;
  }

  /** Remembers that the session was found to live. */
  void livedAsOf(long told) {
    livesAsOf = told;
  }

  /** Whether these are of the same log-in, however many refreshes apart. */
  boolean isOfSameLogin(TokenSet other) {
    return sessionName().byLogin().equals(other.sessionName().byLogin());
  }

  @Override
  public String toString() {
    return "TokenSet[hidden]";
  }
}
