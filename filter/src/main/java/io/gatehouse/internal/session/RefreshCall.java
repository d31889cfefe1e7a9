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
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Uses a refresh token once at the authorization server, and interprets the outcome. */
public final class RefreshCall {
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

  private final AuthorizationServer server;
  private final TokenEndpoint tokenEndpoint;
  private final TokenEndpoint aheadOfTime;
  private final IdTokenVerifier idTokens;
  private final Roles roles;
  private final BoundedLog log;
  private final EventRecorder recorder;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Creates the call.
   *
   * @param tokenEndpoint the endpoint for a user who waits for the outcome
   * @param aheadOfTime the endpoint for a user whose access token is still valid
   */
  public RefreshCall(
      AuthorizationServer server,
      TokenEndpoint tokenEndpoint,
      TokenEndpoint aheadOfTime,
      IdTokenVerifier idTokens,
      Roles roles,
      BoundedLog log,
      EventRecorder recorder,
      Clock clock,
      SecureRandom random) {
    this.server = server;
    this.tokenEndpoint = tokenEndpoint;
    this.aheadOfTime = aheadOfTime;
    this.idTokens = idTokens;
    this.roles = roles;
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
    try {
      server.metadata(); // if unavailable, nothing has been sent
    } catch (LoginFailedException unknown) {
      return later(unknown);
    }
    TokenResponse answer;
    try {
      var endpoint = clock.millis() < known.expiresAt() ? aheadOfTime : tokenEndpoint;
      answer = endpoint.refresh(known.refreshToken().orElseThrow(), client);
    } catch (LoginFailedException e) {
      return switch (e.failure()) {
        case UNAVAILABLE, BUSY -> later(e);
        case GRANT_REFUSED, MISCONFIGURED -> refused(e);
        default -> lost(e);
      };
    }
    try {
      return RefreshOutcome.renewed(renewed(known, client, answer));
    } catch (LoginFailedException notToBeTrusted) {
      return lost(notToBeTrusted);
    } catch (RuntimeException unreadable) { // of any kind: the refresh token was used
      return lost(new LoginFailedException(Failure.INVALID_ANSWER, "cannot be read"));
    }
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

  // It is unknown whether the authorization server has acted. If it has, the refresh token is
  // spent, and a server that sees the token again assumes token theft (RFC 9700 4.14.2).
  private RefreshOutcome lost(LoginFailedException why) {
    log.add(Logger.Level.WARNING, Warnings.RENEWAL_LOST, why.reason());
    return RefreshOutcome.lost();
  }

  private RefreshOutcome refused(LoginFailedException why) {
    if (why.failure() == Failure.MISCONFIGURED) {
      log.add(Logger.Level.WARNING, Warnings.RENEWAL_REFUSED, why.reason());
    } else {
      log.add(
          Logger.Level.INFO,
          "a session has ended, since the authorization server does not renew its tokens: %s",
          why.reason());
    }
    return RefreshOutcome.refused();
  }
}
