package io.gatehouse.internal.session;

import io.gatehouse.LoginNeededException;
import io.gatehouse.LogoutEvent;
import io.gatehouse.RefreshEvent;
import io.gatehouse.ServerUnavailableException;
import io.gatehouse.internal.protocol.Client;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Renews the tokens of a session, on the request that needs it: one call at a time for each
 * session. Other requests meanwhile use the current access token, as long as it is valid.
 */
public final class SessionRefresh {
  private static final Duration BEFORE_END = Duration.ofSeconds(30);

  private final ClientRegistrations registrations;
  private final RefreshCall call;
  private final RefreshOnce once;
  private final Revocation revocation;
  private final Events events;
  private final double share;
  private final BoundedWait boundedWait;
  private final Clock clock;

  /**
   * Creates the refresh.
   *
   * @param share the share of its lifetime after which an access token is renewed, above 0 and
   *     below 1
   * @param boundedWait bounds how long a request waits for another request's call
   */
  public SessionRefresh(
      ClientRegistrations registrations,
      RefreshCall call,
      RefreshOnce once,
      Revocation revocation,
      Events events,
      double share,
      BoundedWait boundedWait,
      Clock clock) {
    this.registrations = registrations;
    this.call = call;
    this.once = once;
    this.revocation = revocation;
    this.events = events;
    this.share = share;
    this.boundedWait = boundedWait;
    this.clock = clock;
  }

  /**
   * Returns the tokens, renewed if due.
   *
   * @throws LoginNeededException if the session has ended or cannot be renewed
   * @throws ServerUnavailableException if the access token has expired and the authorization server
   *     is unavailable
   */
  TokenSet fresh(RenewableTokens tokens) {
    var known = tokens.current();
    var now = clock.millis();
    if (!isDue(known, now) && !tokens.hasEnded()) {
      return known;
    }
    var rest = withoutCall(tokens, known, now);
    return rest.isPresent() ? rest.get() : renewAlone(tokens, known, now < known.expiresAt());
  }

  /**
   * Returns tokens other than those whose access token an API refused; empty if none are available
   * now.
   *
   * @throws LoginNeededException if the session has ended or cannot be renewed
   */
  Optional<TokenSet> freshInsteadOf(RenewableTokens tokens, String refused) {
    var known = tokens.current();
    if (!known.accessToken().equals(refused)) {
      return Optional.of(fresh(tokens));
    }
    if (known.refreshToken().isEmpty()
        || tokens.pause().lastsAt(clock.instant())
        || known.pauseOnDemand().lastsAt(clock.instant())) {
      return Optional.empty();
    }
    var renewed = renewAlone(tokens, known, false);
    // An API that refuses every token must not cause a call to the authorization server each time.
    renewed.postponeOnDemand(new Pause(clock.instant(), RefreshCall.PAUSE_AFTER_FAILURE));
    return Optional.of(renewed).filter(it -> !it.accessToken().equals(refused));
  }

  // Tokens from the future came while the clock was ahead: only a refresh tells how long they live.
  private boolean isDue(TokenSet set, long now) {
    return now >= dueAt(set) || set.receivedAt() - now > SessionEnds.MAX_SKEW.toMillis();
  }

  // Never later than 30 s before the expiry; but a token that lives less than a minute is not due
  // when it is new.
  private long dueAt(TokenSet set) {
    var life = set.expiresAt() - set.receivedAt();
    var latest = Math.max(set.expiresAt() - BEFORE_END.toMillis(), set.receivedAt() + life / 2);
    return Math.min(set.receivedAt() + (long) (life * share), latest);
  }

  /**
   * Returns the result that is possible without calling the authorization server; empty if a call
   * is required.
   */
  private Optional<TokenSet> withoutCall(RenewableTokens tokens, TokenSet known, long now) {
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
    if (!tokens.pause().lastsAt(clock.instant())) {
      return Optional.empty();
    }
    if (!lives) {
      throw unavailable(tokens);
    }
    return Optional.of(known);
  }

  private TokenSet renewAlone(RenewableTokens tokens, TokenSet known, boolean lives) {
    if (!tokens.refreshing().tryLock()) {
      if (lives) {
        return known;
      }
      awaitTurn(tokens);
    }
    try {
      var current = tokens.current();
      if (current != known) { // replaced by the previous lock holder
        return restOf(tokens);
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

  private void awaitTurn(RenewableTokens tokens) {
    if (!boundedWait.await(it -> tokens.refreshing().tryLock(it, TimeUnit.MILLISECONDS), false)) {
      throw new ServerUnavailableException(
          "the server has not answered another request of this session yet",
          RefreshCall.PAUSE_AFTER_FAILURE);
    }
  }

  private TokenSet renew(RenewableTokens tokens, TokenSet known) {
    var client =
        registrations.client(tokens.registration()).orElseThrow(SessionRefresh::ofNoClientOfOurs);
    var lives = clock.millis() < known.expiresAt();
    RefreshOutcome outcome;
    try {
      outcome = once.use(known, lives, () -> call.of(known, client));
    } catch (ServerUnavailableException cacheFails) {
      if (lives) {
        return known;
      }
      throw cacheFails;
    }
    switch (outcome.kind()) {
      case RENEWED -> {
        return renewed(tokens, client, known, outcome.tokens());
      }
      case RENEWED_ELSEWHERE -> {
        return adopted(tokens, known, outcome.tokens());
      }
      case REFUSED -> tokens.endIfStill(known, LogoutEvent.Cause.REFUSED);
      case LOST -> tokens.replace(known, known.withoutRefreshToken());
      case LATER -> tokens.postpone(Pause.until(outcome.until(), clock.instant()));
      case ELSEWHERE -> {
        return lives ? known : notYetElsewhere();
      }
    }
    return restOf(tokens);
  }

  private static LoginNeededException ofNoClientOfOurs() {
    return new LoginNeededException("the key that the user logged in under is out of use");
  }

  private TokenSet renewed(
      RenewableTokens tokens, Client client, TokenSet known, TokenSet renewed) {
    if (!tokens.replace(known, renewed)) {
      // Other nodes take over what was renewed, and go on if only this copy has ended.
      if (once == RefreshOnce.ON_ONE_NODE || !tokens.hasContainerEnded()) {
        revocation.of(renewed, client);
      }
      return restOf(tokens); // ended, or of another login
    }
    events.fire(new RefreshEvent(renewed.user()));
    return renewed;
  }

  // This copy of the session may be several refreshes behind.
  private TokenSet adopted(RenewableTokens tokens, TokenSet known, TokenSet renewed) {
    if (!tokens.replace(known, renewed)) {
      return restOf(tokens);
    }
    return clock.millis() < renewed.expiresAt() || renewed.refreshToken().isEmpty()
        ? restOf(tokens)
        : renew(tokens, renewed);
  }

  private static TokenSet notYetElsewhere() {
    throw new ServerUnavailableException(
        "the server has not answered another node yet", RefreshCall.PAUSE_AFTER_FAILURE);
  }

  private TokenSet restOf(RenewableTokens tokens) {
    var rest = tokens.current();
    if (tokens.hasEnded()) {
      throw new LoginNeededException("the server does not renew the session");
    }
    if (clock.millis() < rest.expiresAt()) {
      return rest;
    }
    if (rest.refreshToken().isEmpty()) {
      return loginNeeded();
    }
    throw unavailable(tokens);
  }

  private ServerUnavailableException unavailable(RenewableTokens tokens) {
    return new ServerUnavailableException(
        "the access token has ended, and the server cannot be reached to renew it",
        Duration.ofMillis(Math.max(1000, tokens.pause().restAt(clock.instant()).toMillis())));
  }
}
