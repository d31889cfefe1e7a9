package io.gatehouse.filter;

import io.gatehouse.health.ServerKnowledge;
import io.gatehouse.internal.config.Configuration;
import io.gatehouse.internal.jose.JwsVerifier;
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

/** What talks to the authorization server, and what checks what that says. */
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
    // Anybody can have a request pushed, so half of the places stay for those who log in.
    var halfOfThem = bulkhead(fewCalls, Math.max(1, http.maxCalls() / 2), http, clock, random);
    pushedRequests = new PushedRequestEndpoint(server, halfOfThem);
    tokenEndpoint = new TokenEndpoint(server, fewCalls);
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
                server, configured.idTokenIssuer(), registration.clockSkew(), clock));
  }

  private static Bulkhead bulkhead(
      ServerCalls calls, int most, Configuration.Http http, Clock clock, SecureRandom random) {
    var memory = http.timeout().multipliedBy(TIMEOUTS_TO_REMEMBER);
    return new Bulkhead(calls, most, memory, clock, random);
  }

  /** Asks the server for all that a log-in needs to know of it, in a thread that ends then. */
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
      log.add(
          Logger.Level.WARNING,
          "the server does not answer yet, and will be asked again when somebody logs in: {0}",
          notNow.reason());
    }
  }

  /** How old what is known of the server is; what is not known, or old, is asked for meanwhile. */
  ServerKnowledge.Ages ages(BoundedLog log) {
    var ages = new ServerKnowledge.Ages(server.metadataAge(), server.keysAge());
    if (!server.isFresh()) { // or a node without log-ins would know nothing all at once
      warmUp(log);
    }
    return ages;
  }

  /** How many calls are under way now. */
  int callsUnderWay() {
    return bulkhead.inUse();
  }

  /** With which a request waits for what another asks. */
  BoundedWait boundedWait() {
    return boundedWait;
  }

  /** With which a request waits to see how the call of another ended. */
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
