package io.gatehouse.filter;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.RefreshEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.protocol.AuthorizationServer;
import io.gatehouse.protocol.Failure;
import io.gatehouse.protocol.IdToken;
import io.gatehouse.protocol.IdTokenVerifier;
import io.gatehouse.protocol.LoginFailedException;
import io.gatehouse.protocol.TokenAnswer;
import io.gatehouse.protocol.TokenEndpoint;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Renews the tokens of a session, on the request that needs it: one call at a time for each
 * session, while the others go on with the access token that they have, as long as it lives.
 */
final class SessionRefresh {
  private static final Logger LOG = System.getLogger("io.gatehouse");
  private static final Duration BEFORE_END = Duration.ofSeconds(30);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final AuthorizationServer server;
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokens;
  private final Roles roles;
  private final Revocation revocation;
  private final Events events;
  private final double share;
  private final Duration patience;
  private final Clock clock;

  /**
   * @param share after which share of its life an access token is renewed, above 0 and below 1
   * @param patience the longest that a request waits for another's call
   */
  SessionRefresh(
      AuthorizationServer server,
      TokenEndpoint tokenEndpoint,
      IdTokenVerifier idTokens,
      Roles roles,
      Revocation revocation,
      Events events,
      double share,
      Duration patience,
      Clock clock) {
    this.server = server;
    this.tokenEndpoint = tokenEndpoint;
    this.idTokens = idTokens;
    this.roles = roles;
    this.revocation = revocation;
    this.events = events;
    this.share = share;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * The tokens, renewed if they are due.
   *
   * @throws LoginNeededException if the session has ended or cannot be renewed
   * @throws ServerUnavailableException if the access token has ended and the server is not there
   */
  TokenSet fresh(SessionTokens tokens) {
    var known = tokens.current();
    var now = clock.millis();
    if (now < dueAt(known) && !tokens.hasEnded()) {
      return known;
    }
    var rest = withoutCall(tokens, known, now);
    return rest.isPresent() ? rest.get() : renewAlone(tokens, known, now < known.expiresAt());
  }

  /**
   * Other tokens than the ones whose access token an API refused; empty if there are none now.
   *
   * @throws LoginNeededException if the session has ended or cannot be renewed
   */
  Optional<TokenSet> freshInsteadOf(SessionTokens tokens, String refused) {
    var known = tokens.current();
    if (!known.accessToken().equals(refused)) {
      return Optional.of(fresh(tokens));
    }
    var now = clock.millis();
    if (known.refreshToken().isEmpty() || now < tokens.nextTry() || now < tokens.nextForced()) {
      return Optional.empty();
    }
    var renewed = renewAlone(tokens, known, false);
    // An API that refuses whatever it is sent must not cost the server a call each time.
    tokens.postponeForced(clock.millis() + PAUSE_AFTER_FAILURE.toMillis());
    return Optional.of(renewed).filter(it -> !it.accessToken().equals(refused));
  }

  // Never later than 30 s before the end; but a token that lives less than a minute is not due when
  // it is new.
  private long dueAt(TokenSet set) {
    var life = set.expiresAt() - set.receivedAt();
    var latest = Math.max(set.expiresAt() - BEFORE_END.toMillis(), set.receivedAt() + life / 2);
    return Math.min(set.receivedAt() + (long) (life * share), latest);
  }

  /** What there is to say without asking the server; empty if it is to be asked. */
  private Optional<TokenSet> withoutCall(SessionTokens tokens, TokenSet known, long now) {
    if (tokens.hasEnded()) {
      throw new LoginNeededException("the session has ended");
    }
    var lives = now < known.expiresAt();
    if (known.refreshToken().isEmpty()) {
      if (!lives) {
        throw new LoginNeededException("the access token has ended, and there is no refresh token");
      }
      return Optional.of(known);
    }
    if (now >= tokens.nextTry()) {
      return Optional.empty();
    }
    if (!lives) {
      throw unavailable(tokens, now);
    }
    return Optional.of(known);
  }

  private TokenSet renewAlone(SessionTokens tokens, TokenSet known, boolean lives) {
    if (!tokens.refreshing().tryLock()) {
      if (lives) {
        return known;
      }
      awaitTurn(tokens);
    }
    try {
      var current = tokens.current();
      if (current != known) { // by the one that we waited for
        return current.expiresAt() > clock.millis() ? current : loginNeeded();
      }
      var now = clock.millis();
      var rest = withoutCall(tokens, known, now);
      return rest.isPresent() ? rest.get() : renew(tokens, known);
    } finally {
      tokens.refreshing().unlock();
    }
  }

  private static TokenSet loginNeeded() {
    throw new LoginNeededException("the access token has ended and could not be renewed");
  }

  private void awaitTurn(SessionTokens tokens) {
    try {
      if (tokens.refreshing().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ServerUnavailableException(
        "the server has not answered another request of this session yet", PAUSE_AFTER_FAILURE);
  }

  private TokenSet renew(SessionTokens tokens, TokenSet known) {
    var answer = answer(tokens, known);
    return answer.isPresent() ? apply(tokens, known, answer.get()) : restOf(tokens);
  }

  /** The server's answer; if there is none, the session knows why. */
  private Optional<TokenAnswer> answer(SessionTokens tokens, TokenSet known) {
    try {
      server.metadata(); // if it cannot be had, nothing has been sent
    } catch (LoginFailedException unknown) {
      later(tokens, unknown);
      return Optional.empty();
    }
    try {
      return Optional.of(tokenEndpoint.refresh(known.refreshToken().orElseThrow()));
    } catch (LoginFailedException e) {
      switch (e.failure()) {
        case UNAVAILABLE -> later(tokens, e);
        case GRANT_REFUSED, MISCONFIGURED -> refused(tokens, known, e);
        default -> giveUp(tokens, known, e);
      }
      return Optional.empty();
    }
  }

  private TokenSet apply(SessionTokens tokens, TokenSet known, TokenAnswer answer) {
    TokenSet renewed;
    try {
      renewed = renewed(known, answer);
    } catch (LoginFailedException notToBeTrusted) {
      giveUp(tokens, known, notToBeTrusted);
      return restOf(tokens);
    } catch (RuntimeException unreadable) { // whatever it is, the refresh token was used
      giveUp(tokens, known, new LoginFailedException(Failure.INVALID_ANSWER, "cannot be read"));
      return restOf(tokens);
    }
    if (!tokens.replace(known, renewed)) {
      revocation.of(renewed);
      return restOf(tokens); // ended, or of another log-in
    }
    events.fire(new RefreshEvent(renewed.user()));
    return renewed;
  }

  private TokenSet renewed(TokenSet known, TokenAnswer answer) throws LoginFailedException {
    var receivedAt = clock.millis();
    var user = known.user();
    var nonce = user.claims().get("nonce") instanceof String it ? it : "";
    var idToken = idTokens.verifyRefreshed(answer, user.subject(), nonce);
    var newClaims = idToken.map(IdToken::compact).map(TokenSet::payload);
    var claims =
        newClaims.map(it -> ClaimsJson.updated(user.claimsJson(), it)).orElse(user.claimsJson());
    // Roles are those of the newest tokens: what is left out now has been taken away.
    var newRoles = roles.of(newClaims.orElse(user.claimsJson()), answer.accessToken());
    var renewedUser = new VerifiedUser(claims, newRoles);
    return known.renewed(answer, idToken, renewedUser, receivedAt);
  }

  private TokenSet restOf(SessionTokens tokens) {
    var now = clock.millis();
    var rest = tokens.current();
    if (tokens.hasEnded()) {
      throw new LoginNeededException("the server does not renew the session");
    }
    if (now < rest.expiresAt()) {
      return rest;
    }
    if (rest.refreshToken().isEmpty()) {
      return loginNeeded();
    }
    throw unavailable(tokens, now);
  }

  private void later(SessionTokens tokens, LoginFailedException why) {
    var pause =
        why.retryAfter()
            .filter(it -> it.compareTo(PAUSE_AFTER_FAILURE) > 0)
            .orElse(PAUSE_AFTER_FAILURE);
    tokens.postpone(clock.millis() + pause.toMillis());
    log(Logger.Level.WARNING, "tokens could not be renewed, and will be tried again", why);
  }

  // Whether the server has acted is not known. If it has, the refresh token is spent, and a server
  // that sees it again takes the user for a thief (RFC 9700 4.14.2).
  private void giveUp(SessionTokens tokens, TokenSet known, LoginFailedException why) {
    tokens.replace(known, known.withoutRefreshToken());
    log(Logger.Level.WARNING, "tokens could not be renewed, and will not be tried again", why);
  }

  private void refused(SessionTokens tokens, TokenSet known, LoginFailedException why) {
    tokens.endIfStill(known, LogoutEvent.Cause.REFUSED);
    var level = why.failure() == Failure.MISCONFIGURED ? Logger.Level.WARNING : Logger.Level.INFO;
    log(level, "a session has ended, since the server does not renew its tokens", why);
  }

  private static void log(Logger.Level level, String what, LoginFailedException why) {
    LOG.log(level, "{0}: {1}", what, why.reason());
  }

  private static ServerUnavailableException unavailable(SessionTokens tokens, long now) {
    return new ServerUnavailableException(
        "the access token has ended, and the server cannot be reached to renew it",
        Duration.ofMillis(Math.max(1000, tokens.nextTry() - now)));
  }
}
