package io.gatehouse.internal.session;

import io.gatehouse.internal.access.ClaimsJson;
import io.gatehouse.internal.jose.JwsPayload;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.observability.EventRecorder;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.protocol.IdToken;
import io.gatehouse.internal.protocol.IdTokenVerifier;
import io.gatehouse.internal.protocol.SessionName;
import io.gatehouse.internal.protocol.TokenEndpoint;
import io.gatehouse.internal.protocol.TokenResponse;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.Failure;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.RefusedClient;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Uses a refresh token once at the authorization server, and interprets the outcome. */
public final class RefreshCall {
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  // Soon, since authorization servers that accept a used refresh token do so for half a minute.
  private static final Duration PAUSE_AFTER_LOSS = Duration.ofSeconds(2);
  // The time for which unknown keys are not fetched again.
  private static final Duration PAUSE_FOR_KEYS = Duration.ofSeconds(60);
  private static final int MAX_UNUSABLE_ANSWERS = 3;

  private final AuthorizationServer server;
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokens;
  private final Roles roles;
  private final boolean retriesLost;
  private final RefusedClient refusedClient;
  private final BoundedLog log;
  private final EventRecorder recorder;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Creates the call.
   *
   * @param retriesLost whether a refresh token is used again if the response was lost
   */
  public RefreshCall(
      AuthorizationServer server,
      TokenEndpoint tokenEndpoint,
      IdTokenVerifier idTokens,
      Roles roles,
      boolean retriesLost,
      BoundedLog log,
      EventRecorder recorder,
      Clock clock,
      SecureRandom random) {
    this.server = server;
    this.tokenEndpoint = tokenEndpoint;
    this.idTokens = idTokens;
    this.roles = roles;
    this.retriesLost = retriesLost;
    this.refusedClient = new RefusedClient(clock);
    this.log = log;
    this.recorder = recorder;
    this.clock = clock;
    this.random = random;
  }

  RefreshOutcome of(TokenSet known, Client client) {
    try (var step = recorder.telemetry().step("gatehouse.refresh", Optional.empty())) {
      var outcome = outcome(known, client);
      recorder.refreshed(known.audited(), client, outcome.code());
      if (outcome.kind() != RefreshOutcome.Kind.RENEWED) {
        step.refused(outcome.kind().name().toLowerCase(Locale.ROOT));
      }
      return outcome;
    }
  }

  private RefreshOutcome outcome(TokenSet known, Client client) {
    var pause = refusedClient.pausedUntil(client);
    if (pause.isPresent()) {
      return laterThan(pause.get());
    }
    try {
      server.fetchAhead(); // nothing has been sent; new tokens cannot be verified without the keys
    } catch (LoginFailedException unknown) {
      return later(unknown);
    }
    TokenResponse answer;
    try {
      answer = tokenEndpoint.refresh(known.refreshToken().orElseThrow(), client);
    } catch (LoginFailedException e) {
      return failed(known, client, e);
    }
    refusedClient.accepted(client);
    try {
      return RefreshOutcome.renewed(renewed(known, client, answer));
    } catch (LoginFailedException e) {
      return switch (e.failure()) {
        case UNAVAILABLE, BUSY -> unverified(known, answer, e);
        default -> lost(known, e);
      };
    } catch (RuntimeException unreadable) { // of any kind: the refresh token was used
      return lost(known, new LoginFailedException(Failure.INVALID_ANSWER, "cannot be read"));
    }
  }

  private RefreshOutcome failed(TokenSet known, Client client, LoginFailedException why) {
    return switch (why.failure()) {
      case UNAVAILABLE, BUSY -> later(why);
      case FOREIGN_ANSWER -> isHopeless(known) ? givenUp(why) : later(why);
      case CLIENT_REFUSED -> clientRefused(client, why);
      case GRANT_REFUSED -> refused(known, client, why);
      case MISCONFIGURED -> givenUp(why);
      default -> lost(known, why);
    };
  }

  private TokenSet renewed(TokenSet known, Client client, TokenResponse answer)
      throws LoginFailedException {
    var receivedAt = clock.millis();
    var user = known.user();
    var nonce = user.claims().get("nonce") instanceof String it ? it : "";
    var sid = SessionName.sid(user.claims());
    var idToken = idTokens.verifyRefreshed(answer, client, user.subject(), nonce, sid);
    var newClaims = idToken.map(IdToken::compact).map(JwsPayload::of);
    // Roles come from the newest tokens: a role that they omit has been withdrawn.
    var newRoles =
        newClaims.isPresent()
            ? roles.of(newClaims.get(), answer.accessToken())
            : roles.withoutIdToken(user.claimsJson(), answer.accessToken());
    var renewedUser =
        newClaims
            .map(it -> new VerifiedUser(ClaimsJson.updated(user.claimsJson(), it), newRoles))
            .orElseGet(() -> user.withRoles(newRoles));
    return known.renewed(answer, idToken, renewedUser, receivedAt);
  }

  private RefreshOutcome later(LoginFailedException why) {
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_LATER, why.reason());
    return RefreshOutcome.later(clock.millis() + jittered(pause(why)).toMillis());
  }

  private static Duration pause(LoginFailedException why) {
    var asked = why.retryAfter().orElse(Duration.ZERO);
    return why.failure() == Failure.BUSY || asked.compareTo(PAUSE_AFTER_FAILURE) > 0
        ? asked
        : PAUSE_AFTER_FAILURE;
  }

  // Otherwise all sessions that met an unavailable server would return to it together.
  private Duration jittered(Duration pause) {
    return pause.plusMillis(random.nextLong(pause.toMillis() / 2 + 1));
  }

  private RefreshOutcome laterThan(Instant pause) {
    var rest = Duration.between(clock.instant(), pause);
    return RefreshOutcome.later(
        clock.millis() + jittered(rest.isNegative() ? Duration.ZERO : rest).toMillis());
  }

  // The response has come, but names a new key that cannot be fetched now. Its refresh token
  // replaces ours; the next refresh verifies whose tokens they are.
  private RefreshOutcome unverified(
      TokenSet known, TokenResponse answer, LoginFailedException why) {
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_LATER, why.reason());
    return RefreshOutcome.later(
        clock.millis() + jittered(PAUSE_FOR_KEYS).toMillis(), known.withRefreshTokenOf(answer));
  }

  // It is unknown whether the authorization server has acted. If it has, and rotates refresh
  // tokens, some servers take the second use of a token for theft: that costs the user a login, as
  // giving the token up would (docs/decisions/0039-lost-refresh.md).
  private RefreshOutcome lost(TokenSet known, LoginFailedException why) {
    var answered = why.failure() != Failure.ANSWER_LOST;
    if (!retriesLost || (answered && isHopeless(known))) {
      return givenUp(why);
    }
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_LATER, why.reason());
    var pause = known.isMaybeUsed() ? pause(why) : PAUSE_AFTER_LOSS;
    known.noteThatMaybeUsed();
    return RefreshOutcome.lost(clock.millis() + jittered(pause).toMillis());
  }

  // While the access token serves, trying costs the user nothing; after that a login may help.
  private boolean isHopeless(TokenSet known) {
    return clock.millis() >= known.expiresAt()
        && known.countUnusableAnswer() >= MAX_UNUSABLE_ANSWERS;
  }

  private RefreshOutcome givenUp(LoginFailedException why) {
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_LOST, why.reason());
    return RefreshOutcome.lost();
  }

  // RFC 6749 5.2: the error is about the client, so no refresh token has been used or refused.
  private RefreshOutcome clientRefused(Client client, LoginFailedException why) {
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_REFUSED, why.reason());
    return laterThan(refusedClient.refused(client));
  }

  private RefreshOutcome refused(TokenSet known, Client client, LoginFailedException why) {
    refusedClient.accepted(client);
    if (known.isMaybeUsed()) {
      return givenUp(why); // the refusal may be of the second use, and not of the user
    }
    log.add(
        Logger.Level.INFO,
        "a session has ended, since the authorization server does not renew its tokens: %s",
        why.reason());
    return RefreshOutcome.refused();
  }
}
