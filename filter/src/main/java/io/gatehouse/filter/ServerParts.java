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
import io.gatehouse.internal.server.CallKind;
import io.gatehouse.internal.server.HttpServerCalls;
import io.gatehouse.internal.server.LoginFailedException;
import io.gatehouse.internal.server.ServerCalls;
import io.gatehouse.internal.server.WatchedCalls;
import io.gatehouse.internal.session.Roles;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The parts that call the authorization server and verify its responses. */
final class ServerParts implements AutoCloseable {
  private static final int TIMEOUTS_TO_REMEMBER = 3;

  private final HttpServerCalls calls;
  private final Bulkhead bulkhead;
  private final BoundedWait boundedWait;
  private final BoundedWait waitOfUsers;
  private final AuthorizationServer server;
  private final PushedRequestEndpoint pushedRequests;
  private final WatchedCalls.Watcher watcher;
  private final IdTokenVerifier idTokens;
  private final Roles roles;
  private volatile @Nullable Thread warmUp;

  ServerParts(
      Configuration configuration, WatchedCalls.Watcher watcher, Clock clock, SecureRandom random) {
    var http = configuration.http();
    var configured = configuration.server();
    var registration = configuration.registration();
    calls = new HttpServerCalls(http.connectTimeout(), http.timeout(), http.trust());
    this.watcher = watcher;
    var memory = http.timeout().multipliedBy(TIMEOUTS_TO_REMEMBER);
    bulkhead = new Bulkhead(calls, http.maxCalls(), http.timeout(), memory, clock, random);
    var places = Bulkhead.untried(http.maxCalls());
    boundedWait = new BoundedWait(http.timeout(), places);
    var refresh = Bulkhead.longestWait(http.timeout()).plus(http.timeout());
    waitOfUsers = new BoundedWait(refresh.plusSeconds(1), places);
    server =
        new AuthorizationServer(
            configured.issuer(),
            configured.endpoints(),
            new JwsVerifier(configured.idTokenAlgorithms()),
            calls(CallKind.DOCUMENT),
            clock,
            boundedWait);
    pushedRequests = new PushedRequestEndpoint(server, calls(CallKind.PUSH));
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

  private ServerCalls calls(CallKind kind) {
    return new WatchedCalls(bulkhead.of(kind), watcher);
  }

  /**
   * Fetches from the authorization server everything that a login needs, in a thread that ends
   * afterwards.
   */
  void warmUp(BoundedLog log) {
    warmUp(() -> {}, log);
  }

  /**
   * Does the same, and before it what needs no authorization server.
   *
   * @param rehearsal what is slow once at a login
   */
  synchronized void warmUp(Runnable rehearsal, BoundedLog log) {
    var before = warmUp;
    if (before != null && before.isAlive()) {
      return;
    }
    var thread =
        new Thread(
            () -> {
              try {
                rehearsal.run();
              } finally {
                fetchAhead(log);
              }
            },
            "gatehouse warm-up");
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

  /** Returns the bound for waiting for another request's call, which anyone can cause. */
  BoundedWait boundedWait() {
    return boundedWait;
  }

  /** Returns the bound for waiting for the outcome of another request's refresh. */
  BoundedWait waitOfUsers() {
    return waitOfUsers;
  }

  AuthorizationServer server() {
    return server;
  }

  PushedRequestEndpoint pushedRequests() {
    return pushedRequests;
  }

  /** Returns the token endpoint for calls of one kind. */
  TokenEndpoint tokenEndpoint(CallKind kind) {
    return new TokenEndpoint(server, calls(kind));
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
