package io.gatehouse.filter;

import io.gatehouse.Tokens;
import io.gatehouse.protocol.Client;
import io.gatehouse.protocol.ClientAuthentication;
import io.gatehouse.protocol.EndSession;
import io.gatehouse.protocol.EndedSessions;
import io.gatehouse.protocol.LocalMarks;
import io.gatehouse.protocol.LoginKeyRing;
import io.gatehouse.protocol.LoginKeys;
import io.gatehouse.protocol.LogoutTokenVerifier;
import io.gatehouse.protocol.Marks;
import io.gatehouse.protocol.SpentLogins;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** One application's Gatehouse, put together from its configuration. */
final class Gatehouse implements AutoCloseable {
  private final ServerSide serverSide;
  private final BoundedLog log;
  private final Set<String> ownServletPaths;
  private final Map<String, Servlet> servlets = new LinkedHashMap<>();
  private final PublicPaths publicPaths;
  private final AccessRules accessRules;
  private final AccessCheck accessCheck;
  private final UserSession session;
  private final LoginRedirect loginRedirect;
  private final Problems problems;

  /**
   * What this node shares with others of the same application.
   *
   * @param refreshes where it tells them of refreshes; empty for a node that is alone
   */
  record Shared(Marks marks, Optional<SharedCache> refreshes) {
    /** Of a node that is alone. */
    static Shared withNobody(Clock clock) {
      return new Shared(new LocalMarks(clock), Optional.empty());
    }
  }

  Gatehouse(
      Configuration configuration, Shared shared, Events events, Clock clock, SecureRandom random) {
    var server = configuration.server();
    var registration = configuration.client();
    var application = configuration.application();
    var path = application.path();
    var publicUrl = application.publicUrl();

    var client = client(configuration, clock, random);
    var ring = ring(configuration, clock, random);
    serverSide = new ServerSide(configuration, client.authentication(), clock, random);
    var authorizationServer = serverSide.server();
    var tokenEndpoint = serverSide.tokenEndpoint();
    var idTokens = serverSide.idTokens();
    var roles = serverSide.roles();
    log = new BoundedLog(clock);
    var rules =
        new CallbackServlet.Rules(
            client,
            authorizationServer,
            serverSide.responses(),
            tokenEndpoint,
            idTokens,
            roles,
            new SpentLogins(registration.loginTimeout(), shared.marks(), clock),
            serverSide.patience(),
            clock);

    publicPaths = application.publicPaths();
    accessRules = configuration.access().rules();
    problems = new Problems(publicUrl, path + "/login", log, random);
    var landing = new Landing(publicUrl, application.landingPage());
    var cookies = new LoginCookies(ring, client.clientId(), path);
    var requests = new RequestSide(configuration, client, serverSide, ring);
    loginRedirect =
        new LoginRedirect(
            requests.passing(),
            ring,
            cookies,
            publicUrl,
            new LoginPolicy(configuration.access().login(), accessRules),
            landing,
            problems);
    accessCheck =
        new AccessCheck(
            accessRules, loginRedirect, problems, landing, registration.clockSkew(), clock);

    var revocation = new Revocation(configuration.logout().revoke(), tokenEndpoint, log);
    var endSession =
        new EndSession(
            configuration.logout().endSession(),
            authorizationServer,
            client.clientId(),
            configuration.logout().postLogoutRedirectUri(),
            path,
            ring);
    var refresh =
        new SessionRefresh(
            new RefreshCall(
                authorizationServer, tokenEndpoint, idTokens, roles, log, clock, random),
            shared
                .refreshes()
                .map(it -> refreshOnce(it, ring, configuration, clock))
                .orElse(RefreshOnce.ON_ONE_NODE),
            revocation,
            events,
            configuration.session().refreshAfter(),
            serverSide.patienceToSeeItsEnd(),
            clock);
    var endedSessions = new EndedSessions(shared.marks(), configuration.session().maxLifetime());
    var afterLogout = isPublic("/") ? "/" : path + "/logged-out";
    var logout = new Logout(revocation, endSession, publicUrl, afterLogout);
    session =
        new UserSession(
            new UserSession.Limits(
                realm(server, client.clientId(), configuration.access().roles()),
                configuration.session().maxLifetime(),
                configuration.session().carryOver()),
            endedSessions,
            refresh,
            logout,
            new ApiOrigins(configuration.access().apiOrigins()),
            events,
            clock);

    servlets.putAll(requests.servlets());
    servlets.put(
        path + "/jwks",
        new JwksServlet(
            configuration.keys().published(), configuration.modes().idTokenDecrypter()));
    servlets.put(
        path + "/callback",
        new CallbackServlet(rules, cookies, session, publicUrl, path, landing, problems));
    servlets.put(path + "/login", new LoginServlet(session, loginRedirect, landing, problems));
    servlets.put(
        path + "/logout",
        new LogoutServlet(
            session, publicUrl, cookies, new Landing(publicUrl, afterLogout), problems));
    servlets.put(
        path + "/logged-out",
        new LoggedOutServlet(
            session,
            endSession,
            landing,
            Optional.of(new Landing(publicUrl, "/")).filter(it -> isPublic("/")),
            problems));
    servlets.put(
        path + "/backchannel-logout",
        new BackchannelLogoutServlet(
            new LogoutTokenVerifier(
                authorizationServer,
                server.idTokenIssuer(),
                client.clientId(),
                configuration.modes().encryption(),
                registration.clockSkew(),
                shared.marks(),
                clock),
            endedSessions,
            clock));
    servlets.put(
        path + "/frontchannel-logout", new FrontchannelLogoutServlet(session, server.issuer()));
    ownServletPaths =
        Set.copyOf(servlets.keySet().stream().map(it -> it.replace("/*", "")).toList());
  }

  // A call reads metadata, keys and the answer, each within the time-out; a node that is slower to
  // say what came of it counts as dead.
  private RefreshOnce refreshOnce(
      SharedCache cache, LoginKeyRing ring, Configuration configuration, Clock clock) {
    var calls = configuration.http().timeout().multipliedBy(3);
    var longestCall = calls.plusSeconds(5).plus(configuration.client().clockSkew());
    return new SharedRefreshes(cache, ring, longestCall, serverSide.patienceToSeeItsEnd(), clock);
  }

  // A session is bound to whom its user logged in at and as what, and to what its roles mean.
  static String realm(Configuration.Server server, String clientId, RoleClaims roles) {
    return Fingerprint.of(
        server.issuer(),
        server.idTokenIssuer(),
        clientId,
        roles.paths().toString(),
        new TreeMap<>(roles.links()).toString());
  }

  private static Client client(Configuration configuration, Clock clock, SecureRandom random) {
    var registration = configuration.client();
    return new Client(
        configuration.server().issuer(),
        registration.clientId(),
        registration.scope(),
        configuration.modes().response(),
        configuration.keys().requestObjectSigner(),
        new ClientAuthentication(
            registration.clientId(),
            registration.audience(),
            registration.assertionTyp(),
            configuration.keys().assertionSigner(),
            clock,
            random),
        registration.clockSkew());
  }

  private static LoginKeyRing ring(Configuration configuration, Clock clock, SecureRandom random) {
    var registration = configuration.client();
    var application = configuration.application().publicUrl().configured().orElse("on loopback");
    List<LoginKeys> keys =
        configuration.keys().material().stream()
            .map(
                it ->
                    new LoginKeys(
                        it.bytes(),
                        configuration.server().issuer(),
                        registration.clientId(),
                        application,
                        random))
            .toList();
    return new LoginKeyRing(
        keys, random, clock, registration.loginTimeout(), registration.clockSkew());
  }

  /** Asks the server now for what the first log-in would have to wait for. */
  void warmUp() {
    serverSide.warmUp(log);
  }

  /** Our servlets, by their URL patterns. */
  Map<String, Servlet> servlets() {
    return servlets;
  }

  /** Whether the container has chosen one of our own servlets for a request. */
  boolean isOwn(String servletPath, Optional<String> pathInfo) {
    return ownServletPaths.contains(servletPath)
        && (pathInfo.isEmpty() || servletPath.endsWith("/request"));
  }

  /** Whether a path needs no log-in: what it asks of a user wins over its being public. */
  boolean isPublic(RequestPath path) {
    return publicPaths.contain(path.decoded())
        && !accessRules.concern(path.concernedBy(accessRules));
  }

  private boolean isPublic(String path) {
    return publicPaths.contain(path) && !accessRules.concern(path);
  }

  /** A request as the application sees it. */
  UserRequest asSeen(HttpServletRequest request, Optional<SessionTokens> tokens) {
    return new UserRequest(request, tokens.orElse(null), loginRedirect, session);
  }

  /** What {@link Tokens#of(HttpSession)} finds tokens by. */
  Function<HttpSession, Optional<Tokens>> tokensFinder() {
    return it -> session.find(it).map(Tokens.class::cast);
  }

  UserSession session() {
    return session;
  }

  AccessCheck accessCheck() {
    return accessCheck;
  }

  LoginRedirect loginRedirect() {
    return loginRedirect;
  }

  Problems problems() {
    return problems;
  }

  @Override
  public void close() {
    serverSide.close();
  }
}
