package io.gatehouse.filter;

import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.jose.JwsVerifier;
import io.gatehouse.internal.message.Warnings;
import io.gatehouse.internal.observability.BoundedLog;
import io.gatehouse.internal.protocol.AccessTokenVerifier;
import io.gatehouse.internal.protocol.IdTokenVerifier;
import io.gatehouse.internal.protocol.PushedRequestEndpoint;
import io.gatehouse.internal.protocol.TokenEndpoint;
import io.gatehouse.internal.server.AuthorizationServer;
import io.gatehouse.internal.server.BoundedWait;
import io.gatehouse.internal.server.Bulkhead;
import io.gatehouse.internal.server.HttpServerCalls;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import io.gatehouse.internal.server.WatchedCalls;
import io.gatehouse.internal.session.Roles;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The parts that call the authorization server and verify its responses. */
final class ServerParts implements AutoCloseable {
  private static final int TIMEOUTS_TO_REMEMBER = 3;

  private final HttpServerCalls calls;
  private final Bulkhead bulkhead;
  private final BoundedWait boundedWait;
  private final AuthorizationServer server;
  private final PushedRequestEndpoint pushedRequests;
  private final TokenEndpoint tokenEndpoint;
  private final IdTokenVerifier idTokens;
  private final Roles roles;
  private volatile @Nullable Thread warmUp;

  ServerParts(
      Configuration configuration, WatchedCalls.Watcher watcher, Clock clock, SecureRandom random) {
    var http = configuration.http();
    var configured = configuration.server();
    var registration = configuration.registration();
    calls = new HttpServerCalls(http.connectTimeout(), http.timeout(), http.trust());
    bulkhead = bulkhead(calls, http.maxCalls(), http, clock, random);
    var fewCalls = new WatchedCalls(bulkhead, watcher);
    boundedWait = new BoundedWait(http.timeout(), http.maxCalls());
    server =
        new AuthorizationServer(
            configured.issuer(),
            configured.endpoints(),
            new JwsVerifier(configured.idTokenAlgorithms()),
            fewCalls,
            clock,
            boundedWait);
    // Anyone can cause pushed requests, so half of the places are reserved for users who log in.
    var halfOfThem = bulkhead(fewCalls, Math.max(1, http.maxCalls() / 2), http, clock, random);
    pushedRequests = new PushedRequestEndpoint(server, halfOfThem);
    tokenEndpoint = new TokenEndpoint(server, fewCalls, configured.refusesWithoutBody());
    idTokens =
        new IdTokenVerifier(
            server,
            configured.idTokenIssuer(),
            configuration.modes().encryption(),
            registration.clockSkew(),
            clock);
    roles =
        new Roles(
            configuration.access().roles(),
            new AccessTokenVerifier(
                server, configured.idTokenIssuer(), registration.clockSkew(), clock),
            clock);
  }

  private static Bulkhead bulkhead(
      ServerCalls calls, int most, Configuration.Http http, Clock clock, SecureRandom random) {
    var memory = http.timeout().multipliedBy(TIMEOUTS_TO_REMEMBER);
    return new Bulkhead(calls, most, memory, clock, random);
  }

  /**
   * Fetches from the authorization server everything that a login needs, in a thread that ends
   * afterwards.
   */
  synchronized void warmUp(BoundedLog log) {
    var before = warmUp;
    if (before != null && before.isAlive()) {
      return;
    }
    var thread = new Thread(() -> fetchAhead(log), "gatehouse warm-up");
    thread.setDaemon(true);
    warmUp = thread;
    thread.start();
  }

  private void fetchAhead(BoundedLog log) {
    try {
      server.fetchAhead();
    } catch (LoginFailedException notNow) {
      log.add(Logger.Level.WARNING, Warnings.SERVER_AWAY, notNow.reason());
    }
  }

  /**
   * Returns the ages of what is known of the authorization server; unknown or old data is fetched
   * in the background.
   */
  ServerKnowledge.Ages ages(BoundedLog log) {
    var ages = new ServerKnowledge.Ages(server.metadataAge(), server.keysAge());
    if (!server.isFresh()) { // otherwise a node without logins would become unready
      warmUp(log);
    }
    return ages;
  }

  /** Returns the number of calls in progress. */
  int callsUnderWay() {
    return bulkhead.inUse();
  }

  /** Returns the bound for waiting for another request's call. */
  BoundedWait boundedWait() {
    return boundedWait;
  }

  /** Returns the bound for waiting for the outcome of another request's call. */
  BoundedWait waitToSeeItsEnd() {
    return boundedWait.plus(Duration.ofSeconds(1));
  }

  AuthorizationServer server() {
    return server;
  }

  PushedRequestEndpoint pushedRequests() {
    return pushedRequests;
  }

  TokenEndpoint tokenEndpoint() {
    return tokenEndpoint;
  }

  IdTokenVerifier idTokens() {
    return idTokens;
  }

  Roles roles() {
    return roles;
  }

  @Override
  public void close() {
    var thread = warmUp;
    if (thread != null) {
      thread.interrupt();
    }
    calls.close();
  }
}
