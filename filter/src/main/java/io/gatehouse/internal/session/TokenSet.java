package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.observability.AuditedSession;
import io.gatehouse.internal.protocol.IdToken;
import io.gatehouse.internal.protocol.SessionName;
import io.gatehouse.internal.protocol.TokenResponse;
import io.gatehouse.internal.server.Pause;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of one token response: the tokens, their times, and the user as known since then. The
 * next response replaces it as a whole, so its parts never come from different responses. The
 * string form hides the tokens.
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
  private volatile Pause pauseOnDemand = Pause.NONE;

  /**
   * Creates the set.
   *
   * @param receivedAt the time of the response, in milliseconds since the epoch
   * @param expiresAt the expiry of the access token, in milliseconds since the epoch
   * @param generation the number of refreshes since the login, on which nodes with different clocks
   *     agree
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

  /**
   * Returns the tokens of a login.
   *
   * @param receivedAt the time from which they live, in milliseconds since the epoch
   */
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
   * Returns the tokens after a refresh. Values that the authorization server omits are kept: the
   * refresh token and the scope (RFC 6749 section 6), and the ID token (OpenID Connect Core 1.0
   * section 12.2).
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

  /** Returns the same set without the refresh token, for a refresh of unknown outcome. */
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

  /** Returns the number of refreshes since the login. */
  public long generation() {
    return generation;
  }

  /** Returns the session as the audit log names it. */
  public AuditedSession audited() {
    return new AuditedSession(user.subject(), sessionName().byLogin());
  }

  /**
   * Returns the names by which the authorization server and other nodes refer to the session of
   * these tokens.
   */
  public SessionName sessionName() {
    var known = sessionName;
    if (known == null) {
      var claims = ClaimsJson.parse(user.claimsJson()); // parsed once, so not cached in the user
      known =
          new SessionName(
              user.issuer(),
              SessionName.sid(claims),
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
   * Returns whether the session was found alive at the same number of reported ends.
   *
   * @param told the result of {@link io.gatehouse.internal.protocol.EndedSessions#told}
   */
  boolean livesAsOf(long told) {
    return told >= 0 && told == livesAsOf;
  }

  /** Remembers that the session was found alive. */
  void livedAsOf(long told) {
    livesAsOf = told;
  }

  /** Returns the time in which no refresh on demand is tried. */
  Pause pauseOnDemand() {
    return pauseOnDemand;
  }

  void postponeOnDemand(Pause later) {
    pauseOnDemand = later;
  }

  /** Returns whether these tokens are of the same login, however many refreshes apart. */
  public boolean isOfSameLogin(TokenSet other) {
    return sessionName().byLogin().equals(other.sessionName().byLogin());
  }

  @Override
  public String toString() {
    return "TokenSet[hidden]";
  }
}
